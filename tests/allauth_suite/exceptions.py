"""Which of allauth's tests do not hold with our hooks, and why. One that holds after all is a failure.

A name without brackets stands for all its parameters.
"""

EXCEPTIONS = {
    "compares with allauth's words; ours are other ones": [
        "account/test_change_email.py::test_remove_secondary",
        "account/test_change_email.py::test_change_email",
        "account/test_change_email.py::test_change_email_links_restrict_email",
        "account/test_change_email.py::test_change_unverified_email",
        "account/test_change_email.py::test_change_unverified_email_to_verified_email_of_other_user",
        "account/test_email_verification_by_code.py::test_signup_prevent_enumeration",
        "account/test_email_verification_by_code.py::test_email_verification_rate_limits",
        "account/test_email_verification_by_code.py::test_change_email_vs_enumeration_prevention",
        "account/test_email_verification_by_code.py::test_change_to_already_existing_email",
        "account/test_login_by_code.py::test_login_by_code_max_attempts",
        "account/test_reset_password.py::test_password_reset_flow",
        "account/test_reset_password_by_code.py::test_prevent_enumeration",
        "account/test_utils.py::test_message_escaping",
    ],
    "reads a code out of a mail that holds a link here: addresses are not confirmed by code": [
        "account/test_email_verification_by_code.py::test_signup",
        "account/test_email_verification_by_code.py::test_add_or_change_email",
        "account/test_email_verification_by_code.py::test_verified_email_decorator__unverified",
    ],
    "types a password twice; here a button shows what was typed": [
        "account/test_login.py::LoginTests::test_ajax_password_change",
        "account/test_signup.py::SignupTests::test_signup_password_twice_form_error",
    ],
    "makes two people with one address, or with none, which the database refuses here": [
        "account/test_email_verification.py::test_email_verification_failed",
        "account/test_login.py::LoginTests::test_login_inactive_account",
        "account/test_signup.py::test_prevent_enumeration_strictly",
    ],
    "watches the set_password of Django's own user, who is not ours": [
        "account/test_auth_backends.py::test_account_enumeration_timing_attack",
        "account/test_auth_backends.py::test_account_enumeration_timing_attack_email_credentials",
    ],
    "mails the name; people here have none": [
        "account/test_reset_password.py::ResetPasswordTests::test_password_forgotten_username_hint",
    ],
    "a changed password leads to the security page here": [
        "account/test_change_password.py::test_set_password[False--redirect_chain0]",
        "account/test_change_password.py::test_set_password[True--redirect_chain2]",
        "account/test_change_password.py::test_change_password",
    ],
    "a finished sign-in counts as a confirmation here, so its record says so": [
        "account/test_login.py::LoginTests::test_username_containing_at",
    ],
    "?next= leads to addresses only here, never to a mere word": [
        "account/test_utils.py::test_redirect_noreversematch",
    ],
    "signed-in devices are kept without their full address here": [
        "usersessions/test_middleware.py::test_mw_change_ip_and_useragent",
    ],
    "/account/ is a page here, which asks for a sign-in": [
        "account/test_middleware.py::test_accounts_redirects_anonymous_to_login",
    ],
    "needs an address map of two pages, in which our own error page cannot be made": [
        "account/test_middleware.py::test_immediate_http_response",
    ],
    "needs the list of Django's own users in Django's admin; neither is here": [
        "account/test_decorators.py::test_secure_admin_login_passes_staff",
    ],
    "has no database, which is asked what the site has chosen about cookies": [
        "account/test_decorators.py::test_secure_admin_login_skips_admin_login_next",
    ],
    "compares an address with the name of a view, which LOGIN_URL is here": [
        "account/test_email_verification.py::test_verify_email_with_another_user_logged_in",
    ],
    "awaits, which needs a plugin of pytest; this site is served by threads": [
        "account/test_middleware.py::test_accounts_redirect_async_ctx",
    ],
    "people sign in with an e-mail address: the field refuses a user name or a telephone number": [
        "account/test_adapter.py::test_adapter_pre_login",
        "account/test_ajax.py::test_ajax_login_success",
        "account/test_email_verification.py::test_email_verification_mandatory",
        "account/test_email_verification.py::test_optional_email_verification",
        "account/test_login.py::LoginTests::test_login_failed_attempts_exceeded",
        "account/test_login.py::LoginTests::test_login_unverified_account_mandatory",
        "account/test_login.py::LoginTests::test_login_unverified_account_optional",
        "account/test_login.py::test_login_while_authenticated",
        "account/test_login.py::test_login_with_space_in_password",
        "account/test_login_by_code.py::test_login_by_code_required[True-True]",
        "account/test_login_by_code.py::test_login_by_code_required[setting1-True]",
        "account/test_login_by_code.py::test_login_by_code_required[setting2-False]",
        "account/test_phone.py::test_login_sends_code",
        "account/test_phone.py::test_login_with_verified_phone_and_password",
        "account/test_phone.py::test_login_with_unverified_phone_and_password",
        "usersessions/test_views.py::test_overall_flow",
        "usersessions/test_views.py::test_change_password_updates_user_session[True]",
        "usersessions/test_views.py::test_change_password_updates_user_session[False]",
    ],
    "one mailbox, one account: the database holds no address outside of ASCII": [
        "account/test_security.py::test_user_email_unicode_collision",
    ],
    "what is wrong with an address is said in our words": [
        "account/test_change_email.py::test_ajax_add_invalid",
    ],
}
