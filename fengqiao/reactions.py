"""What happens after what, and what happens when. Two tables; read down the left side to find any consequence."""

from collections.abc import Callable
from datetime import time

from fengqiao.bodies.events import WindowClosed
from fengqiao.desk.events import RecordVerified
from fengqiao.disputes import clocks, events, knowing, recounting
from fengqiao.fulfilment import due
from fengqiao.intake import applications, sheets
from fengqiao.intake.queue import closing
from fengqiao.intake.understanding import arrivals, own_model
from fengqiao.intake.understanding import events as understanding
from fengqiao.ledger import sealing, tasks, upkeep
from fengqiao.ledger.kinds import Event
from fengqiao.ledger.models import Entry
from fengqiao.ledger.schedule import Every
from fengqiao.notices import digest, residents, sending
from fengqiao.notices import reactions as tell
from fengqiao.people import access_log, lockout, sessions
from fengqiao.people import events as accounts
from fengqiao.people.roster import events as roster
from fengqiao.people.roster import terms
from fengqiao.routing.joint import tasks as joint
from fengqiao.routing.tiers import commands as tiers
from fengqiao.supervision import attending, finding
from fengqiao.supervision import events as supervision
from fengqiao.web import once

REACTIONS: dict[type[Event], tuple[Callable[[Entry], None], ...]] = {
    events.PassIssued: (residents.tell_parties,),
    events.Dispatched: (tell.tell_named_body, residents.tell_parties),
    events.Accepted: (tell.tell_sender, sheets.register_on_acceptance, residents.tell_parties),
    events.Returned: (tell.tell_named_body,),
    events.Rejected: (tell.tell_sender, residents.tell_parties),
    events.Escalated: (tell.tell_named_body, residents.tell_parties),
    events.ReferredDown: (tell.tell_named_body, residents.tell_parties),
    events.Transferred: (tell.tell_named_body, residents.tell_parties),
    events.CalledIn: (tell.tell_named_body,),
    events.TaskAssigned: (tell.tell_named_people,),
    events.TaskClosed: (tell.tell_handlers, tell.tell_mediator),
    events.TaskReturned: (tell.tell_named_body,),
    events.TaskDropped: (tell.tell_named_body,),
    events.TaskLate: (tell.tell_named_body, tell.tell_handlers),
    events.TierRaised: (tell.tell_named_body,),
    events.TierLapsed: (tell.tell_named_body,),
    events.TierLowered: (tell.tell_named_body,),
    events.TierLed: (tell.tell_handlers, tell.tell_mediator),
    events.TierWarned: (tell.tell_as_the_step_says,),
    events.TierMissed: (tiers.rise_with_time, tell.tell_as_the_step_says),
    events.CallAnswered: (tell.tell_handlers, tell.tell_mediator),
    events.Reminded: (tell.tell_handlers, tell.tell_mediator),
    events.WillingnessGiven: (tell.tell_mediator,),
    events.CorrectionAsked: (tell.tell_handlers, tell.tell_mediator),
    events.Assigned: (tell.tell_mediator,),
    events.MediationFailed: (tell.tell_handlers, residents.tell_parties),
    events.Withdrawn: (tell.tell_handlers, tell.tell_mediator),
    events.SessionScheduled: (residents.tell_parties,),
    events.SessionCancelled: (residents.tell_parties,),
    events.AgreementCirculated: (residents.tell_parties,),
    events.SigningReminded: (residents.tell_parties,),
    events.AgreementSigned: (tell.tell_mediator,),
    events.SigningRefused: (tell.tell_mediator, tell.tell_handlers),
    events.AgreementConcluded: (tell.tell_mediator, tell.tell_handlers, residents.tell_parties),
    events.OralAgreementMade: (residents.tell_parties,),
    events.PerformanceClaimed: (tell.tell_mediator,),
    events.ObligationMissed: (tell.tell_mediator, tell.tell_handlers, residents.tell_parties),
    events.Fulfilled: (tell.tell_handlers, tell.tell_mediator),
    events.Breached: (tell.tell_handlers,),
    events.Closed: (residents.tell_parties, joint.drop_what_is_left),
    events.Merged: (joint.drop_what_is_left,),
    events.Rated: (tell.tell_mediator,),
    events.Contested: (tell.tell_handlers, tell.tell_mediator),
    events.Reopened: (tell.tell_handlers, tell.tell_mediator, finding.in_a_reopening),
    events.LimitWarned: (tell.tell_as_the_step_says, residents.tell_parties),
    events.LimitMissed: (tell.tell_as_the_step_says, finding.in_a_missed_limit),
    events.LimitStillMissed: (tell.tell_as_the_step_says,),
    events.LimitRecounted: (tell.tell_handlers, tell.tell_mediator),
    events.CourtStepRecorded: (finding.in_a_ruling,),
    supervision.OrderGiven: (tell.tell_named_body,),
    supervision.OrderAnswered: (tell.tell_named_people, tell.tell_named_body),
    supervision.OrderAccepted: (tell.tell_named_body,),
    supervision.OrderSentBack: (tell.tell_named_body,),
    supervision.OrderWithdrawn: (tell.tell_named_body,),
    supervision.LeaderTook: (tell.tell_named_people, tell.tell_named_body, tiers.led_by_a_leader),
    supervision.LeaderProgress: (tell.tell_named_people,),
    supervision.LeaderReleased: (tell.tell_named_body,),
    supervision.ConferenceHeld: (attending.in_a_conference,),
    supervision.ConferenceInvited: (tell.tell_named_people,),
    supervision.ConferenceAnswered: (tell.tell_named_people,),
    supervision.TaskSet: (tell.tell_named_body,),
    supervision.TaskAnswered: (tell.tell_named_people,),
    supervision.TaskReturned: (tell.tell_named_body,),
    supervision.IncidentSent: (tell.tell_body_of_incident,),
    WindowClosed: (closing.window_closed,),
    RecordVerified: (tell.tell_asker,),
    accounts.FirstRoleAsked: (tell.tell_deciders,),
    accounts.RoleAsked: (tell.tell_deciders,),
    accounts.AccountCorrected: (tell.tell_deciders_of_a_move,),
    accounts.FirstRoleGiven: (tell.tell_who_asked,),
    accounts.RoleChanged: (tell.tell_who_asked,),
    accounts.RoleRefused: (tell.tell_who_asked,),
    roster.RosterApplied: (tell.tell_reviewers,),
    roster.RosterResubmitted: (tell.tell_reviewers,),
    roster.RosterReturned: (tell.tell_person,),
    roster.RosterRefused: (tell.tell_person,),
    roster.RosterAdmitted: (tell.tell_person,),
    roster.RosterSuspended: (tell.tell_person,),
    roster.RosterResumed: (tell.tell_person,),
    roster.RosterRemoved: (tell.tell_person,),
    roster.RosterRestored: (tell.tell_person,),
    roster.RosterRenewed: (tell.tell_person,),
    roster.RosterEnding: (tell.tell_person, tell.tell_reviewers),
    understanding.DangerRead: (tell.tell_handlers,),
    events.MediatorsPicked: (tell.tell_handlers,),
    events.PickAnswered: (tell.tell_handlers,),
}

SCHEDULE = (
    Every("clocks", clocks.tick, minutes=1),
    Every("tiers", tiers.put_on, minutes=1),
    Every("joint", joint.tell_late, minutes=5),
    Every("recount", recounting.work_off, minutes=1),
    Every("settle", recounting.order_what_was_left, at=time(0, 20)),
    Every("arrivals", arrivals.read_arrivals, minutes=1),
    Every("opinions", own_model.ask_for_opinions, minutes=1),
    Every("names", knowing.name_the_missing, minutes=60),
    Every("retry", tasks.retry, minutes=1),
    Every("messages", sending.send_due, minutes=1),
    Every("digests", digest.make_due, minutes=5),
    Every("queues", closing.end_days, at=time(0, 2)),
    Every("seal", sealing.seal_due, at=time(0, 5)),
    Every("missed", due.mark_missed, at=time(0, 10)),
    Every("terms", terms.warn_ending, at=time(6, 0)),
    Every("statistics", upkeep.refresh_statistics, at=time(3, 0)),
    Every("once", once.forget_expired, minutes=60),
    Every("sessions", sessions.forget_expired, minutes=60),
    Every("guards", lockout.forget_expired, minutes=60),
    Every("access", access_log.forget_expired, at=time(3, 20)),
    Every("forget", applications.forget_expired, minutes=60),
)
