"""Addresses of agreements: the desk's pages, signing by link, by pass or on the desk's screen, and the public check."""

from django.urls import path

from .views import desk, signing, verify, writing

AT = "desk/disputes/<str:number>/"

urlpatterns = [
    path(f"{AT}agreement/", desk.agreement, name="agreement"),
    path(f"{AT}agreement/<int:draft>/", desk.agreement, name="agreement_draft"),
    path(f"{AT}agreement/edit/", writing.draft_agreement, name="draft_agreement"),
    path(f"{AT}agreement/link/<int:party>/", desk.make_link, name="make_signing_link"),
    path(f"{AT}agreement/links/<int:pk>/", desk.link_made, name="signing_link_made"),
    path(f"{AT}agreement/remind/<int:party>/", desk.remind, name="remind_signer"),
    path(f"{AT}agreement/screen/<int:party>/", signing.on_screen, name="sign_on_screen"),
    path(f"{AT}agreement/<int:draft>/void/", desk.void_number, name="void_number"),
    path(f"{AT}circulate/", desk.circulate, name="circulate"),
    path(f"{AT}revise/", desk.revise, name="revise"),
    path(f"{AT}sign/", desk.sign, name="sign"),
    path(f"{AT}sign-on-paper/", desk.sign_on_paper, name="sign_on_paper"),
    path(f"{AT}agree-orally/", writing.agree_orally, name="agree_orally"),
    path("my/agreement/", signing.my_agreement, name="my_agreement"),
    path("s/<str:token>/", signing.by_link, name="signing_link"),
    path("s/<str:token>/paper/", signing.link_paper, name="signing_link_paper"),
    path("verify/", verify.verify_form, name="verify_form"),
    path("verify/<str:code>/", verify.verify_paper, name="verify_paper"),
]
