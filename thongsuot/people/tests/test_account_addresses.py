"""What of the sign-in library is open: nobody signs up, and no password is sent out."""

import pytest

from thongsuot.people.testing import a_person


@pytest.mark.parametrize("address", ["signup/", "email/", "password/reset/", "password/set/", "login/code/confirm/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_is_not_used_is_closed(client, db, address, method) -> None:
    assert getattr(client, method)(f"/account/{address}").status_code == 404


def test_the_sign_in_page_sends_nobody_to_a_closed_address(client, db) -> None:
    shown = client.get("/account/login/").content.decode()
    assert "password/reset" not in shown
    assert "signup" not in shown


def test_a_changed_password_is_said_on_the_account_page(client, db) -> None:
    account = a_person().account
    account.set_password("mật khẩu cũ 1")
    account.save()
    client.force_login(account)
    words = {"oldpassword": "mật khẩu cũ 1", "password1": "một câu dài hơn 2", "password2": "một câu dài hơn 2"}
    response = client.post("/account/password/change/", words, follow=True)
    assert response.redirect_chain[-1][0] == "/people/me/account/"
    account.refresh_from_db()
    assert account.check_password("một câu dài hơn 2")
