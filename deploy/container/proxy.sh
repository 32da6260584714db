#!/bin/sh
# The nginx site in a container: HOST is the name of the site, and whatever it writes goes into /tmp and the certificate's folder.
set -eu
TLS=/etc/plum/tls
if [ ! -s $TLS/certificate.pem ]; then
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 90 -subj "/CN=${HOST:?is needed}" \
    -addext "subjectAltName=DNS:$HOST" -out $TLS/certificate.pem -keyout $TLS/key.pem 2>/dev/null
fi
sed -e "s/www\.example\.org/$HOST/g; s/127\.0\.0\.1:8000/web:8000/; s|/var/log/nginx/plum.log|/dev/stdout|; s|/var/log/nginx/plum.error.log|/dev/stderr|" \
  -e "/listen \[::\]/d; s/listen 80/listen 8080/; s/listen 443/listen 8443/" /etc/plum/plum.conf >/tmp/plum.conf
cat >/tmp/nginx.conf <<NGINX
daemon off;
pid /tmp/nginx.pid;
error_log /dev/stderr warn;
events {}
http {
    include /etc/nginx/mime.types;
    client_body_temp_path /tmp/body;
    proxy_temp_path /tmp/proxy;
    fastcgi_temp_path /tmp/fastcgi;
    uwsgi_temp_path /tmp/uwsgi;
    scgi_temp_path /tmp/scgi;
    include /tmp/plum.conf;
}
NGINX
exec nginx -c /tmp/nginx.conf -e /dev/stderr
