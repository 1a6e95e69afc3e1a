"""A whole life of a job order, as an MES leads it, in Python: the same as run-an-order.ts.

/usr/bin/python3 docs/examples/run_an_order.py <host:port> <job order id> <parts>
Exit code 0 when the order has ended and is cleared, 1 when something was refused or nobody answered for 30 s, 2 when <parts> is no number.
"""

import os
import sys
import time

from celda_client import CallError, Cell, name_of

HERE = os.path.dirname(os.path.abspath(__file__))
DESCRIPTORS = os.path.join(HERE, "..", "..", "proto", "generated", "descriptors.bin")

AT_REST = ("Held", "Stopped", "Aborted")


def say(what, states):
    print(f"{what}: {'/'.join(state.text for state in states)}", flush=True)


def store(cell, order_id, parts):
    order = {
        "job_order_id": order_id,
        "work_master_id": "pick-and-place",
        "parameters": [{"id": "count", "value": {"int64_value": parts}}],
    }
    say("stored", cell.jobs("StoreJobOrder", job_order=order).job_order.states)


def run(cell, order_id):
    named = {"job_order_id": order_id}
    say("started", cell.jobs("StartJobOrder", **named).job_order.states[:1])
    cell.wait_for(order_id, ("Running", "Ended", "Aborted"))
    say("paused", cell.jobs("PauseJobOrder", **named).job_order.states)
    # The arm has to come to rest before it may go on.
    while cell.cell("GetCellState").state.unit_state not in AT_REST:
        time.sleep(0.02)
    say("resumed", cell.jobs("ResumeJobOrder", **named).job_order.states)
    ended = cell.wait_for(order_id, ("Ended", "Aborted"))
    say("ended", ended.states)
    response = cell.responses("GetJobResponse", **named).job_response
    print(f"good parts: {ended.good_quantity}, result {name_of(response, 'result')}")
    say("acknowledged", cell.responses("AcknowledgeJobResponse", **named).job_response.states)
    say("cleared", cell.jobs("ClearJobOrder", **named).job_order.states)
    try:
        cell.jobs("GetJobOrder", **named)
    except CallError as error:
        if error.reason != "JOB_ORDER_UNKNOWN":
            raise
        print(error.reason)


def tell(error):
    """What went wrong, and what to do about it."""
    print(error, file=sys.stderr)
    for field, description in error.violations:
        print(f"  {field}: {description}", file=sys.stderr)


def tell_repeat(error, wait_s):
    print(f"{error}; again in {wait_s:.1f} s", file=sys.stderr)


def take_back(cell, order_id):
    """An order that has not run is taken back; what becomes of another one is for a person to decide."""
    try:
        say("cancelled", cell.jobs("CancelJobOrder", job_order_id=order_id).job_order.states)
    except CallError as error:
        print(f"{order_id} stays in the cell, {error.metadata.get('state', error.status)}", file=sys.stderr)


def main(address="127.0.0.1:50051", order_id="J-1", parts="2"):
    if not parts.isascii() or not parts.isdigit():
        print(f"<parts> is a whole number, not {parts}", file=sys.stderr)
        return 2
    cell = Cell(address, DESCRIPTORS, on_repeat=tell_repeat)
    is_stored = False
    try:
        store(cell, order_id, parts)
        is_stored = True
        run(cell, order_id)
        return 0
    except CallError as error:
        tell(error)
        if is_stored:
            take_back(cell, order_id)
        return 1
    finally:
        cell.close()


sys.exit(main(*sys.argv[1:]))
