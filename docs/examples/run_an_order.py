"""A whole life of a job order, as an MES leads it, in Python: the same as run-an-order.ts.

/usr/bin/python3 docs/examples/run_an_order.py <host:port> <job order id> <parts>
"""

import os
import sys

from celda_client import CallError, Cell

HERE = os.path.dirname(os.path.abspath(__file__))
DESCRIPTORS = os.path.join(HERE, "..", "..", "proto", "generated", "descriptors.bin")


def say(what, states):
    print(f"{what}: {'/'.join(state.text for state in states)}", flush=True)


def run(cell, order_id, parts):
    order = {
        "job_order_id": order_id,
        "work_master_id": "pick-and-place",
        "parameters": [{"id": "count", "value": {"int64_value": parts}}],
    }
    named = {"job_order_id": order_id}
    say("stored", cell.jobs("StoreJobOrder", job_order=order).job_order.states)
    say("started", cell.jobs("StartJobOrder", **named).job_order.states[:1])
    cell.wait_for(order_id, ("Running", "Ended", "Aborted"))
    say("paused", cell.jobs("PauseJobOrder", **named).job_order.states)
    # The arm has to come to rest before it may go on.
    while cell.cell("GetCellState").state.unit_state != "Held":
        pass
    say("resumed", cell.jobs("ResumeJobOrder", **named).job_order.states)
    ended = cell.wait_for(order_id, ("Ended", "Aborted"))
    say("ended", ended.states)
    response = cell.responses("GetJobResponse", **named).job_response
    print(f"good parts: {ended.good_quantity}, result {response.result}")
    say("acknowledged", cell.responses("AcknowledgeJobResponse", **named).job_response.states)
    say("cleared", cell.jobs("ClearJobOrder", **named).job_order.states)
    cell.jobs("GetJobOrder", **named)


def main(address="127.0.0.1:50051", order_id="J-1", parts="2"):
    cell = Cell(address, DESCRIPTORS)
    try:
        run(cell, order_id, parts)
    except CallError as error:
        print(error.reason or error.status)
        for field, description in error.violations:
            print(f"  {field}: {description}")
    finally:
        cell.close()


main(*sys.argv[1:])
