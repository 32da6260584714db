"""Addresses of the policy that the fixture `history` lays."""

CHANGING = [
    "/policies/",
    "/policies/feed.atom",
    "/policies/feed/",
    "/policies/privacy/",
    "/policies/privacy/feed/",
    "/policies/privacy/feed.atom",
    "/policies/privacy/timemap/",
    "/policies/privacy/versions/",
    "/policies/privacy/versions/1.0/",
    "/policies/privacy/on/",
    "/policies/privacy/compare/",
    "/policies/privacy/compare/1.0/3.0/",
    "/policies/privacy/verify/",
]
FOR_EVER = ["/policies/privacy/versions/1.0/text/", "/policies/privacy/versions/1.0/json/"]
ALL = CHANGING + FOR_EVER
