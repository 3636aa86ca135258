from django.urls import path

from thongsuot.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.report_list, name="report_list"),
    path("new/", views.report_create, name="report_create"),
    path("signals/", views.signal_list, name="signal_list"),
    path("signals/<uuid:uid>/", views.signal_explain, name="signal_explain"),
    path("overview/<uuid:campaign>/<uuid:unit>/", views.dashboard, name="dashboard"),
    path("overview/<uuid:campaign>/<uuid:unit>/<str:measure>/", views.figure_detail, name="figure_detail"),
    path("<uuid:uid>/", views.report_detail, name="report_detail"),
    path("<uuid:uid>/figures/<str:code>/", views.report_figure, name="report_figure"),
    path("<uuid:uid>/words/", views.report_edit, name="report_edit"),
    path("<uuid:uid>/submission/", views.report_submit, name="report_submit"),
    path("<uuid:uid>/acceptance/", views.report_accept, name="report_accept"),
    path("<uuid:uid>/return/", views.report_return, name="report_return"),
    path("<uuid:uid>/report.docx", views.report_docx, name="report_docx"),
    path("<uuid:uid>/report.xlsx", views.report_xlsx, name="report_xlsx"),
]
