"""What may stand before, between and after the names in an address: the small words by which a name is told from a word."""

import re

# Between two names: marks, and the words with which people tie places together when they speak.
BETWEEN = re.compile(
    r"(?:[\s,，。;；:：、/\\|·.>→~()（）\[\]【】{}<《》\"'“”‘’?？!！…_—–-]+"
    r"|的话|就是|那边的?|这边的?|那里的?|这里的?|那块的?|那一?片的?|那一?带的?|那头的?|下面的?|下头的?|底下的?|里头的?|里面的?|辖区内?的?|境内的?"
    r"|(?:的|了|那个|这个|嗯|呃|啊|呢|嘛|哦|哎|伐|噢|呀|哈|咯)(?=[\u4e00-\u9fff\s,，、]|$))*"
)
BETWEEN_BEGINS = frozenset(
    " \t\r\n,，。;；:：、/\\|·.>→~()（）[]【】{}<《》\"'“”‘’?？!！…_—–-的就那这下底里辖境嗯呃啊呢嘛哦哎伐噢呀哈咯了"
)
# How people begin. A verb must be in it, or "家和花园" would lose its first word.
_WHO = (
    r"(?:我们?|我家里?|我[妈爸姐]家?|咱们?|阿[拉啦]|俺|伢|我拉|你们?|他们?|她|对方|双方|人|原来|以前|老家|户口"
    r"|现在|目前|一直|都|家里?|店|公司|厂|房子)?"
)
_PURPOSE = r"(?:现|户籍|家庭|事发|案发|发生|单位|联系|收货|通讯|居住|经常|工作|送达)*"
_GREETING = r"(?:(?:你好|您好|喂|那个|嗯|呃|哎)[,，、 ]*)*"
LEAD = re.compile(
    r"[\s,，。:：、(（\[【\"“'·-]*(?:[0-9]{6}(?=[\u4e00-\u9fff]))?"  # a postcode
    r"(?:浙[\s,，·]+)?(?:中国(?=[\u4e00-\u9fff]{2,3}省|[北上天重]))?" + _GREETING + r"(?:"
    rf"(?:{_WHO}){{0,3}}[就是都还]?(?:居住[在于]|家住在?|住在|住|位于|坐落[在于]?|来自|是在|在|[开租]在)"
    rf"|{_PURPOSE}(?:住址|地址|地点|住所|所在地|户籍地)[是为在]?[:：\s]*"
    r"|(?:我们?|阿拉|俺|他们?|她|对方|人|老家|户籍|店|厂|房子)[都也就]?是"
    rf"|{_WHO}老家[是在]?|户口[是在]|我们|阿拉|俺|咱们?|伢|(?:原来|以前|从前|早先|过去)的?|地点在?|事情?(?:发生)?在)*[\s:：,，]*"
)
AFTER_A_VERB = re.compile(
    r"(?:住在|位于|来自|[在到从去住]|(?<!开)往|[写填]的?|(?:[国省县]道|高速)(?:边上?|旁边?|线|上)?)$"
)
# Where people begin anew in the middle of what they say.
AFRESH = frozenset(" \t\n,，。;；:：、?？!！…我是")
# Words that people say before a place without meaning much by them: 就柳市嘛, 老底子叫衢县.
FILLERS = (
    r"(?:不?就|不是|我家|我们?|侬|俺|咱们?|阿[拉啦]|伢|他们?|她|屋里|(?:人|家|厂|店|房子)(?=[在是])|那个|这个|喏|呐|哎|嗯|呃|啊|哦|反正|大概|好像|应该|可能"
    r"|老底子|老早|以前|从前|现在|后来|本来|其实|也|还|都|叫|是|在|住|归|[讲说报填写]的?)"
)
# What says that a place belonged to another county once: 小时候还归黄岩的, 后来划到市区的.
ONCE = re.compile(
    r"(?:小时候|那时候?|那辰光|那会儿|那阵子|当年|当时|老早|老底子|从前|以前|早先|早年|过去|原先|原来|本来)\w{0,4}?[归算属叫划并是管]"
    r"|后来\w{0,3}[划归并改]|划[给到归进出]"
)

_WAY = r"(?:路|大道|大街|街(?!道)|巷|弄(?!口村)|胡同|公路|高速|高架|国道|省道|大桥|立交|隧道)"
# A short name that goes on like this is the beginning of a road, a brand or a dish: 温州路, 湖州银行, 兰州拉面.
RUNS_ON = re.compile(
    r"[东南西北中前后上下新内外大小]?[一二三四五六七八九十]?" + _WAY + r"|[东南西北]?(?:火车)?站|高铁|机场|码头|客运"
    r"|(?:农商|商业)?银行|拉面|小吃|火锅|烤鸭|饭店|饭馆|菜馆|面馆|餐厅|酒楼|人家|土菜|农家|馄饨|汤圆|小笼|烧饼|米粉|米线|羊肉|火腿|黄酒|杨梅"
    r"|[老旧]?乡?商会|同乡|会馆|口音|方言|老乡|籍|人(?![民和才家])|货(?![运场])|羽绒|皮鞋|皮衣|话|牌|产|剑|菜|大酒店|宾馆|茶|香榧|海鲜|特产|蜜[桔橘]|龙井|醋鱼|湾(?!镇|街)|桥头"
)
# A word that is all there is after a city's name: the city is what is sold there, 衢州烤饼摊.
STALL = re.compile(
    r"[\u4e00-\u9fff]{1,4}(?:店面?|摊位?|铺|[铺摊馆厂]子|超市|馆|厂|坊|公司)(?:$|[^\u4e00-\u9fff]|[门对隔旁楼边附后前的里])"
)
# What names a block of flats after a city: 丽水佳苑, 金华苑, 舟山公寓.
ESTATE = re.compile(
    r"[东南西北新大]?(?:[佳嘉名新雅馨丽锦]苑|苑|花园|花苑|小区|公寓|家园|家苑|大厦|新村|广场|名城|名都|公馆|府(?!山)|庭|园(?![区村]))"
)
# After the short name of a town this makes it the name of a community.
COMMUNITY = re.compile(r"[一二三四五六七八九十东南西北][区村]|社区|村(?!镇|乡)|[居村]委会|居民委员会")
# And a county's, a town's or a village's also like this: 东湖边, 凤凰山庄, 南湖景区.
NATURE = re.compile(
    r"[东南西北]?[边畔岸侧面]|景区|风景|湿地|遗址|公园|湖|江|河(?!村)|溪(?!村)|山(?!村|庄村)|岛|塔|寺|庙|庵|桥|门|口(?!村)|音乐|喷泉|游船|文化|体育|大会堂"
    r"|[大]?剧院|博物|美术|时代|天地|广场|国际|印象|壹号|一号|花苑|花园|小区|公寓|家园|家苑|佳苑|佳园|名苑|新苑|嘉苑|新村|新城|大厦|市场|菜场|超市|商场|医院|小学|中学|学校|幼儿园|大学|学院"
    r"|宿舍|工业|产业|科技|创业|派出所|卫生|银行|中心|大楼|商务|名都|名邸|府|城(?!街道|镇|乡)|里(?!村|面)|苑|园(?!村)|居(?!委|民)|湾|轩|阁|坊|庄|郡|墅|邸|厂|店|所|室|号|幢|栋|楼|组|弄"
)
ROAD = re.compile(r"[\u4e00-\u9fff]{1,7}?(?:路|大道|大街|街(?!道)|巷|公路|弄)")
ROAD_WITH_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{2,7}?(?:路|大道|大街|街(?!道)|巷|公路)\s*[-－]?\s*(?:[0-9]|[一二三四五六七八九十百零]+[号弄])"
)
WORD = re.compile(r"[\u4e00-\u9fff]*")
# A full name that goes on like this is no name: 义乌市场, 城东区域.
NOT_A_NAME = {"市": frozenset("场"), "区": frozenset("域间"), "乡": frozenset("村亲间")}
