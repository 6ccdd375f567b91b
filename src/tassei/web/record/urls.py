"""The addresses of records."""

from django.urls import path

from tassei.web.record import about_views as about
from tassei.web.record import taking, views
from tassei.web.record import work_views as work

urlpatterns = [
    path("", views.record, name="record"),
    path("fields/", views.fields, name="record-fields"),
    path("work/new/", work.new, name="record-work-new"),
    path("work/<int:entry>/", work.edit, name="record-work"),
    path("work/<int:entry>/counts/", views.counts, name="record-counts"),
    path("work/<int:entry>/extend/", work.extend, name="record-extend"),
    path("work/<int:entry>/remove/", work.take_out, name="record-remove"),
    path("work/<int:entry>/documents/", work.add_document, name="record-documents"),
    path("document/<int:number>/", work.document, name="record-document"),
    path("document/<int:number>/remove/", work.drop_document, name="record-document-remove"),
    path("about/", about.about, name="record-about"),
    path("skills/", about.can, name="record-skills"),
    path("import/", taking.take, name="record-import"),
    path("file/", views.export, name="record-file"),
    path("of/<str:code>/", views.record_of, name="record-of"),
    path("of/<str:code>/counts/<int:entry>/", views.counts_of_other, name="record-of-counts"),
]
