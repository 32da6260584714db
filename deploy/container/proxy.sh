#!/bin/sh
# The nginx site in a container: HOST is the name of the site, and whatever it writes goes into /tmp and the certificate's folder.
set -eu
TLS=/etc/plum/tls
if [ ! -s $TLS/certificate.pem ]; then
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 90 -subj "/CN=${HOST:?is needed}" \
    -addext "subjectAltName=DNS:$HOST" -out $TLS/certificate.pem -keyout $TLS/key.pem 2>/dev/null
fi
# The site is looked up by its name again and again: a container that is started anew may have another address.
# shellcheck disable=SC2016  # nginx's own variables
sed -e "s/www\.example\.org/$HOST/g; s|/var/log/nginx/plum.log|/dev/stdout|; s|/var/log/nginx/plum.error.log|/dev/stderr|" \
  -e '/^upstream plum/,/^}/d; s|proxy_pass http://plum;|set $site web; proxy_pass http://$site:8000;|' \
  -e '/listen \[::\]/d; s/listen 80/listen 8080/; s/listen 443/listen 8443/' /etc/plum/plum.conf >/tmp/plum.conf
names=$(awk '$1 == "nameserver" {print $2; exit}' /etc/resolv.conf)
cat >/tmp/nginx.conf <<NGINX
daemon off;
pid /tmp/nginx.pid;
error_log /dev/stderr warn;
events {}
http {
    access_log off;
    resolver $names valid=5s ipv6=off;
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
