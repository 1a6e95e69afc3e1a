#!/usr/bin/env bash
# A job order by hand: what may be ordered, an order that runs, what became of it.
# docs/examples/run-an-order.sh <host:port> <job order id> <parts>
set -euo pipefail
cd "$(dirname "$0")/../.."
base=http://${1:-127.0.0.1:50051}/celda.job.v1
id=${2:-J-1}
call() { node_modules/.bin/buf curl --protocol grpc --http2-prior-knowledge "$base.$1" -d "$2"; }

call JobOrderReceiverService/GetReceiverCapabilities '{}'
call JobOrderReceiverService/StoreAndStartJobOrder '{
  "requestId": "'"$id"'-1", "jobOrder": {
    "jobOrderId": "'"$id"'", "workMasterId": "pick-and-place",
    "parameters": [{"id": "count", "value": {"int64Value": '"${3:-2}"'}}]}}'
call JobOrderReceiverService/GetJobOrder '{"jobOrderId": "'"$id"'"}'
