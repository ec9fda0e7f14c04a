"""Data for every form: as a real dispute fills it, and as little as there can be."""

from typing import Any

from tests.papers.handwriting import handwriting

COMMITTEE = "湖州市吴兴区飞英街道人民调解委员会"
NUMBER = "（2026）吴飞人调字第214号"


SIGNATURE = handwriting()

SHEN = {
    "role": "申请人（甲方）",
    "name": "沈玉兰",
    "sex": "女",
    "age": "67",
    "ethnicity": "汉族",
    "occupation": "退休",
    "id_number": "330501195902030022",
    "phone": "13905722045",
    "address": "湖州市吴兴区飞英街道塔下街12弄4幢201室",
}
ZHOU = {
    "role": "被申请人（乙方）",
    "name": "周建国",
    "sex": "男",
    "age": "41",
    "ethnicity": "汉族",
    "occupation": "职工",
    "id_number": "330501198506150033",
    "phone": "13757200316",
    "address": "湖州市吴兴区飞英街道塔下街12弄4幢301室",
    "agent": "李明（浙江×××律师事务所律师，一般代理）",
}
COMPANY = {
    "role": "被申请人（丙方）",
    "kind": "organisation",
    "name": "湖州安居物业服务有限公司",
    "credit_code": "91330502MA2B4XXX9K",
    "representative": "王国强",
    "representative_title": "经理",
    "phone": "0572-2030405",
    "address": "湖州市吴兴区飞英街道环城西路88号",
}
FRAME: dict[str, Any] = {
    "number": NUMBER,
    "committee": COMMITTEE,
    "date": "2026年11月20日",
    "check_code": "7F3A-91C2-08DD",
    "verify_url": "http://127.0.0.1:8000/v/7F3A91C208DD",
    "demo": True,
    "seal": {"name": COMMITTEE, "sample": True},
}
SIGNERS = [
    {"role": "甲方", "name": "沈玉兰", "image": SIGNATURE, "date": "2026年11月20日"},
    {"role": "乙方", "name": "周建国", "image": SIGNATURE, "date": "2026年11月19日"},
    {"role": "人民调解员", "name": "钱志平", "image": SIGNATURE, "date": "2026年11月20日"},
    {"role": "记录人", "name": "陈晓燕"},
]
FACTS = (
    "2026年10月，乙方301室卫生间地漏处渗水，致甲方201室次卧天花、墙面及衣柜受损。2026年11月5日经双方到场查看，"
    "一致确认渗水系301室卫生间地漏所致，乙方愿承担责任。双方对赔偿数额有争议。"
)
CLAUSES = [
    "双方确认：甲方所受损失由乙方301室卫生间地漏渗水造成，由乙方承担。",
    "乙方赔偿甲方天花、墙面修复及衣柜损失共计人民币捌仟陆佰元整（¥8,600.00），分两期付至甲方指定账户"
    "（户名沈玉兰，账号6222021205001234567，中国工商银行湖州分行）：第一期¥4,600.00于2026年12月1日前付清；"
    "第二期¥4,000.00于2026年12月31日前付清。",
    "乙方应于2026年12月10日前完成301室卫生间防水层重做，费用由乙方承担；完工后做48小时闭水试验，由甲方到场查验，"
    "无渗漏为合格。",
    "自查验合格之日起二年内，同一部位再次渗漏的，由乙方在七日内修复并承担甲方因此受到的损失。",
    "本协议履行后，双方就本次渗水再无其他争议。",
]
OBLIGATIONS = [
    {
        "who": "周建国",
        "to": "沈玉兰",
        "what": "赔偿款第一期",
        "amount": "4,600.00",
        "due": "2026年12月1日",
        "how": "银行转账",
    },
    {
        "who": "周建国",
        "to": "沈玉兰",
        "what": "赔偿款第二期",
        "amount": "4,000.00",
        "due": "2026年12月31日",
        "how": "银行转账",
    },
    {"who": "周建国", "what": "301室卫生间防水层重做并经48小时闭水试验", "due": "2026年12月10日", "how": "现场查验"},
]

RICH: dict[str, dict[str, Any]] = {
    "agreement": FRAME
    | {
        "parties": [SHEN, ZHOU],
        "place": "飞英街道矛调中心第一调解室",
        "facts": FACTS,
        "clauses": CLAUSES,
        "manner": "银行转账，期限见第二条；修复期限见第三条。",
        "obligations": OBLIGATIONS,
        "copies": "三",
        "signers": SIGNERS,
        "version": "第 2 稿",
    },
    "application": FRAME
    | {
        "number": "",
        "parties": [SHEN, ZHOU, COMPANY],
        "summary": FACTS + "\n物业公司曾两次上门，未能协调一致。",
        "requests": [
            "要求被申请人周建国赔偿修复费用及衣柜损失共计9,200元；",
            "要求被申请人在一个月内修好301室卫生间防水层。",
        ],
        "mediators": "钱志平",
        "signers": [
            {
                "role": "申请人",
                "hint": "签名、盖章或者按指印",
                "image": SIGNATURE,
                "name": "沈玉兰",
                "date": "2026年11月2日",
            }
        ],
    },
    "intake_register": FRAME
    | {
        "received_at": "2026年11月2日 09:38",
        "kind": "邻里纠纷",
        "source": "applied",
        "channel": "窗口来访",
        "window": "飞英街道综合窗口2号",
        "persons": "1批2人",
        "parties": [SHEN, ZHOU],
        "summary": FACTS,
        "note": "申请人听力不便，联系请用短信。",
        "signers": [
            {"role": "当事人", "image": SIGNATURE, "name": "沈玉兰", "date": "2026年11月2日"},
            {"role": "登记人", "image": SIGNATURE, "name": "陆文斌", "date": "2026年11月2日"},
        ],
    },
    "rights_notice": FRAME | {"parties": [SHEN, ZHOU], "mediators": ["钱志平", "吴晓"], "signers": SIGNERS},
    "minutes": FRAME
    | {
        "held_at": "2026年11月15日 14:00",
        "ended_at": "15:40",
        "place": "飞英街道矛调中心第一调解室",
        "subject": "楼上卫生间渗水致楼下房屋受损",
        "sitting": "第一次",
        "parties": [SHEN, ZHOU],
        "attendees": ["塔下街社区网格员 王芳"],
        "mediators": ["钱志平"],
        "recorder": "陈晓燕",
        "statements": [
            {
                "who": "调解员",
                "said": "今天就沈玉兰和周建国两家渗水的事进行调解。双方对调解员有没有意见，是否要求更换？",
            },
            {"who": "沈玉兰", "said": "没有意见。"},
            {"who": "周建国", "said": "没有意见。"},
            {"who": "沈玉兰", "said": FACTS + "\n修天花和墙面要六千多元，衣柜也泡坏了，一共要赔九千二百元。"},
            {"who": "周建国", "said": "水是从我家漏的，我认。但是衣柜用了八年，按新的价钱赔不合理。"},
            {"who": "调解员", "said": "衣柜折旧后双方各让一步，赔偿总额八千六百元，分两期付，是否可以？"},
            {"who": "沈玉兰", "said": "可以，但要先把防水做好，做完要试水。"},
            {"who": "周建国", "said": "可以。十二月十日前做好，试水四十八小时请沈阿姨来看。"},
        ],
        "result": "双方自愿达成调解协议，另行制作人民调解协议书，编号（2026）吴飞人调字第214号。",
        "signers": SIGNERS,
    },
    "oral_agreement": FRAME
    | {
        "parties": [SHEN, ZHOU],
        "kind": "邻里纠纷",
        "agreed_at": "2026年11月20日",
        "facts": "周建国夜间练琴影响沈玉兰休息，双方发生口角。",
        "clauses": ["周建国每晚九时以后不再练琴；", "沈玉兰收回在楼道张贴的字条，双方互相道歉。"],
        "manner": "即时履行。",
        "performed": "双方当场互相道歉，字条已取下。",
        "signers": [{"role": "人民调解员", "image": SIGNATURE, "name": "钱志平", "date": "2026年11月20日"}],
    },
    "termination": FRAME
    | {
        "parties": [SHEN, ZHOU],
        "subject": "楼上卫生间渗水",
        "accepted_at": "2026年11月3日",
        "reason": "经两次调解，双方对赔偿数额差距较大，未能达成一致；2026年11月18日，被申请人周建国明确表示不再接受调解。",
        "remedies": ["向湖州市吴兴区人民法院提起诉讼；", "经双方同意，向仲裁机构申请仲裁。"],
    },
    "rejection": FRAME
    | {
        "parties": [SHEN],
        "applied_at": "2026年11月2日",
        "subject": "房屋所有权归属争议",
        "reason": "你申请调解的事项已由人民法院受理，正在审理之中。",
        "ground": "人民调解工作若干规定",
        "remedies": ["向审理本案的湖州市吴兴区人民法院提出调解请求。"],
        "sender": "吴兴区社会矛盾纠纷调处化解中心",
    },
    "extension_consent": FRAME
    | {
        "parties": [SHEN, ZHOU],
        "subject": "楼上卫生间渗水",
        "accepted_at": "2026年11月3日",
        "due": "2026年12月3日",
        "new_due": "2026年12月31日",
        "reason": "防水层重做后须做闭水试验，结果出来以前赔偿数额难以确定。",
        "signers": SIGNERS,
    },
    "performance_proof": FRAME
    | {
        "agreement_no": NUMBER,
        "who": "周建国",
        "to": "沈玉兰",
        "duty": "赔偿款第一期",
        "amount_due": "4,600.00",
        "due": "2026年12月1日",
        "amount": "4,600.00",
        "done_at": "2026年11月28日",
        "how": "银行转账",
        "account": "202611281530220011874520",
        "state": "已履行完毕（提前3天）",
        "attachments": [
            {
                "name": "转账电子回单.pdf",
                "pages": "1",
                "hash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            }
        ],
        "signers": [
            {"role": "接受人", "image": SIGNATURE, "name": "沈玉兰", "date": "2026年11月28日"},
            {"role": "登记人", "image": SIGNATURE, "name": "陈晓燕", "date": "2026年11月28日"},
        ],
    },
    "callback_record": FRAME
    | {
        "agreement_no": NUMBER,
        "reason": "协议履行完毕后的回访",
        "parties": [SHEN, ZHOU],
        "visited_at": "2027年1月8日 10:15",
        "how": "电话",
        "visited": "沈玉兰",
        "performance": "两期赔偿款均已收到，防水层已重做，闭水试验合格。",
        "satisfaction": "很满意",
        "litigation": "否",
        "escalation": "无",
        "remarks": "事情办得快，调解员来看了三次，心里踏实。",
        "steps": "",
        "visitor": "陈晓燕",
    },
    "evidence_list": FRAME
    | {
        "subject": "楼上卫生间渗水致楼下房屋受损",
        "submitter": "沈玉兰",
        "items": [
            {
                "name": "次卧天花渗水照片（6张）",
                "source": "沈玉兰",
                "form": "电子数据",
                "pages": "6",
                "hash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            },
            {"name": "衣柜购买发票", "source": "沈玉兰", "form": "复印件", "pages": "1", "note": "原件已核对"},
            {"name": "物业上门记录", "source": "湖州安居物业服务有限公司", "form": "原件", "pages": "2"},
        ],
    },
    "dispatch_slip": FRAME
    | {
        "number": "吴矛〔2026〕3187号",
        "registered_at": "2026年11月2日 09:38",
        "kind": "邻里纠纷",
        "level": "一般",
        "risk": "三级",
        "parties": [SHEN, ZHOU],
        "place": "湖州市吴兴区飞英街道塔下街12弄4幢",
        "summary": FACTS,
        "from_body": "飞英街道矛调中心",
        "to_body": COMMITTEE,
        "helpers": ["塔下街社区", "湖州安居物业服务有限公司"],
        "dispatched_at": "2026年11月2日 10:05",
        "due": "2026年11月4日 10:05前",
        "ground": "邻里纠纷，由属地人民调解委员会先行调解",
        "opinion": "请飞英街道人民调解委员会受理，社区配合到场查看。",
        "dispatcher": "陆文斌",
    },
    "slip": {
        "place": "吴兴区矛调中心 · 飞英街道",
        "window": "综合窗口",
        "number": "吴矛〔2026〕3187号",
        "code": "K7M2-9Q4X",
        "pin": "482 916",
        "ticket": "A018",
        "ahead": "前面1人，约4分钟",
        "verify_url": "http://127.0.0.1:8000/follow/K7M29Q4X",
        "issued_at": "2026-11-02 09:38",
        "phone": "0572-12345",
        "demo": True,
    },
    "work_card": {
        "name": "钱志平",
        "kind": "专职调解员、首席调解员",
        "body": "飞英街道人民调解委员会",
        "number": "吴调证2026-0007",
        "since": "2026年11月1日",
        "until": "2029年10月31日",
        "photo": SIGNATURE,
        "verify_url": "http://127.0.0.1:8000/card/K7M29Q4X/",
        "demo": True,
    },
    "cover": FRAME
    | {
        "name": "沈玉兰与周建国邻里纠纷（楼上卫生间渗水）调解卷",
        "mediators": ["钱志平", "吴晓"],
        "from": "2026年11月3日",
        "to": "2026年11月20日",
        "filed_by": "陈晓燕",
        "filed_at": "2027年1月10日",
        "keep": "10年",
        "pages": "31",
        "note": "电子卷宗同时归档",
    },
    "index": FRAME
    | {
        "items": [
            {"name": name, "pages": pages}
            for name, pages in (
                ("人民调解申请书", "1-2"),
                ("人民调解权利义务告知书", "3-4"),
                ("当事人身份证明", "5-6"),
                ("授权委托书", "7"),
                ("证据材料清单及材料", "8-17"),
                ("人民调解记录", "18-21"),
                ("人民调解协议书", "22-23"),
                ("调解协议履行凭证", "24-27"),
                ("人民调解回访记录", "28"),
                ("办理经过", "29-30"),
                ("卷宗情况说明", "31"),
            )
        ]
    },
    "file_note": FRAME
    | {
        "pages": "31",
        "text": "本卷材料按人民调解文书格式的次序排列，电子签名的文书由系统打印入卷，与电子卷宗一致。",
        "missing": ["司法确认材料：双方当事人未申请司法确认。"],
        "filed_by": "陈晓燕",
        "checked_by": "吴晓",
    },
    "back_cover": FRAME
    | {
        "pages": "33",
        "bags": "0",
        "filed_by": "陈晓燕",
        "filed_at": "2027年1月10日",
        "checked_by": "吴晓",
        "checked_at": "2027年1月12日",
        "digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    },
    "own_data": FRAME
    | {
        "subject": "楼上卫生间渗水致楼下房屋受损",
        "made_at": "2026-11-20 10:20",
        "notices": [{"version": "2026-1", "text": "谁在用：中心。"}],
        "parts": [{"title": "谁看过", "heads": ["时间", "谁"], "rows": [["11-03", "窗口人员"]], "note": "都记着。"}],
    },
    "story": FRAME
    | {
        "number": "吴矛〔2026〕3187号",
        "subject": "楼上卫生间渗水致楼下房屋受损",
        "algorithm": "SHA-256",
        "made_at": "2027年1月10日 16:20",
        "events": [
            {
                "seq": str(i + 1),
                "at": at,
                "text": text,
                "who": who,
                "hash": f"{i:x}f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            }
            for i, (at, text, who) in enumerate(
                (
                    ("2026-11-02 09:38", "窗口登记：邻里纠纷，当事人2人。", "陆文斌"),
                    ("2026-11-02 10:05", "分流到飞英街道人民调解委员会，48小时内答复。", "陆文斌"),
                    ("2026-11-03 08:50", "飞英街道人民调解委员会受理，调解期限到2026年12月3日。", "钱志平"),
                    ("2026-11-15 14:00", "第一次调解，双方到场。", "钱志平"),
                    ("2026-11-20 10:02", "调解协议生效：3项义务，最后一项2026年12月31日到期。", "系统"),
                )
            )
        ],
        "head": "4f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "seal_note": "账本已封存至2027年1月9日24:00。",
    },
}
