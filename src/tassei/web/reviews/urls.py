"""The addresses of reviews."""

from django.urls import path

from tassei.web.reviews import dossier_views, mine, views

urlpatterns = [
    path("assessments/", mine.mine, name="mine"),
    path("assessments/<int:number>/choose/", mine.choose, name="choose"),
    path("reviews/", views.queue, name="reviews"),
    path("reviews/load/", views.load, name="load"),
    path("reviews/<int:number>/", views.case, name="case"),
    path("reviews/<int:number>/dossier/", dossier_views.dossier, name="dossier"),
    path("reviews/<int:number>/dossier/code.svg", dossier_views.code, name="dossier-code"),
    path("reviews/<int:number>/document/<int:document>/", views.document, name="case-document"),
    path("reviews/<int:number>/remark/<str:kind>/", views.remark, name="case-remark"),
    path("reviews/<int:number>/answer/<int:remark>/", views.answer, name="case-answer"),
    path("reviews/<int:number>/<str:name>/", views.move, name="case-move"),
]
