"""An MES that takes job responses: serves JobResponseReceiverService and keeps each response once, in SQLite.

receive_responses.py <host:port> <file>: prints the port, then a line for each response that is new. Needs what celda_client.py needs.
"""

import concurrent.futures
import os
import sqlite3
import sys

import grpc
from celda_client import Messages, name_of
from google.protobuf import json_format

SERVICE = "celda.job.v1.JobResponseReceiverService"
DESCRIPTORS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../proto/generated/descriptors.bin")
# OPC 10031-4, B.2: safe with the receiver. With anything else the cell asks again later.
SUCCESS = 1


def keep(file, request):
    """On disk before it is answered; the same delivery may come again, and is kept once."""
    response = json_format.MessageToJson(request.job_response)
    with sqlite3.connect(file) as database:
        database.execute("PRAGMA synchronous=FULL")
        database.execute("CREATE TABLE IF NOT EXISTS responses (delivery_id TEXT PRIMARY KEY, response TEXT NOT NULL)")
        added = database.execute("INSERT OR IGNORE INTO responses VALUES (?, ?)", (request.delivery_id, response))
        return added.rowcount == 1


def main(address, file):
    messages = Messages(DESCRIPTORS)
    method = messages.service(SERVICE).methods_by_name["ReceiveJobResponse"]
    request_class = messages.class_of(method.input_type.full_name)
    response_class = messages.class_of(method.output_type.full_name)

    def receive(request, _context):
        job = request.job_response
        if keep(file, request):
            print(f"{request.cell_name}: {job.job_order_id} {job.states[0].text}, result {name_of(job, 'result')}", flush=True)
        return response_class(isa95_return_status=SUCCESS)

    handler = grpc.unary_unary_rpc_method_handler(
        receive, request_deserializer=request_class.FromString, response_serializer=lambda answer: answer.SerializeToString()
    )
    server = grpc.server(concurrent.futures.ThreadPoolExecutor(max_workers=4))
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(SERVICE, {method.name: handler}),))
    print(server.add_insecure_port(address), flush=True)
    server.start()
    server.wait_for_termination()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
