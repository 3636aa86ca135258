from django.urls import path

from thongsuot.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("c/<slug:slug>/", views.campaign_detail, name="campaign_detail"),
    path("c/<slug:slug>/topics/<int:number>/", views.topic_detail, name="topic_detail"),
    path("c/<slug:slug>/topics/<int:number>/trail/", views.trail, name="trail"),
    path("c/<slug:slug>/topics/<int:number>/trail/<int:step>/", views.trail_step, name="trail_step"),
    path("news/", views.post_list, name="post_list"),
    path("news/<slug:slug>/", views.post_detail, name="post_detail"),
    path("news/<slug:slug>/pictures/<int:number>/", views.post_picture, name="post_picture"),
    path("progress/", views.progress, name="progress"),
    path("about/", views.about, name="about"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
]
