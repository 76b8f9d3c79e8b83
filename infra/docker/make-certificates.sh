#!/bin/sh
# Makes an issuer of this machine's own and certificates by it for nats, redis and the hub: ./make-certificates.sh FOLDER
# For production between machines take your own issuer's: the names of the files are all that matters.
set -eu
umask 077
dir=${1:?say which folder to make them in}
days=${2:-397}
mkdir -p "$dir"
cd "$dir"
[ ! -e ca.key ] || { echo "There are certificates already in $dir; nothing was changed." >&2; exit 1; }
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -sha256 -days 3650 \
  -subj "/CN=Sektorbro on this machine" -addext "keyUsage=critical,keyCertSign,cRLSign" -keyout ca.key -out ca.pem 2>/dev/null
for name in nats redis hub; do
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -sha256 \
    -subj "/CN=$name" -keyout "$name.key" -out "$name.csr" 2>/dev/null
  printf 'subjectAltName=DNS:%s,DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth,clientAuth\nbasicConstraints=CA:FALSE\n' "$name" > "$name.ext"
  openssl x509 -req -in "$name.csr" -CA ca.pem -CAkey ca.key -CAcreateserial -sha256 -days "$days" \
    -extfile "$name.ext" -out "$name.crt" 2>/dev/null
  rm "$name.csr" "$name.ext"
done
echo "Made in $dir: ca.pem, and .crt and .key of nats, redis and hub. Keep ca.key elsewhere."
