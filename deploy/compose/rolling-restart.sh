#!/bin/sh
# Takes each silo and each Api in turn to the image and the settings of now, and goes on only when it is ready again. Recharge and
# browsers always find the other one.
set -eu
cd "$(dirname "$0")/.."

ready() {
    # Prometheus is in a network with all of them and has a wget; their own images have nothing to ask with.
    docker compose exec -T prometheus wget -q -T 5 -O /dev/null "http://$1:8081/health/ready" 2>/dev/null
}

for name in silo-1 silo-2 api-1 api-2; do
    echo "$name"
    docker compose up --detach --no-deps --no-build --force-recreate "$name"
    tries=0
    until ready "$name"; do
        tries=$((tries + 1))
        if [ "$tries" -ge 90 ]; then
            echo "$name did not get ready; the others are as they were. See: docker compose logs $name" >&2
            exit 1
        fi
        sleep 2
    done
    # The proxy asks every two seconds who is ready, and the Apis every five which silos there are: until they know the new one, the next
    # one stays.
    sleep 10
done
