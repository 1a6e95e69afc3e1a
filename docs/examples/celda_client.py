"""A client of a cell in Python: python3-grpcio and python3-protobuf, and the descriptors that come with Celda. No generated code.

Methods are called by name with the JSON form of their messages, and answer with messages:

    cell = Cell("127.0.0.1:50051", "proto/generated/descriptors.bin")
    cell.jobs("GetJobOrder", job_order_id="J-1").job_order
"""

import random
import time
import uuid

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory
from google.protobuf.message import DecodeError

# Of each attempt of a call, and of the wait for a connection before each repetition.
TIMEOUT_S = 5.0
# No repetition of a call begins later than this after its first attempt; a gateway that died serves again in 2 s.
REPEAT_S = 30.0
# A watch is begun anew after this: nobody notices a line that has died without a word.
WATCH_S = 60.0
CHANNEL_OPTIONS = [
    # A channel of its own has a connection of its own.
    ("grpc.use_local_subchannel_pool", 1),
    # A cell that was away for long is found again at once when it is back.
    ("grpc.initial_reconnect_backoff_ms", 100),
    ("grpc.max_reconnect_backoff_ms", 1_000),
]
# The longest wait before a repetition, unless the cell asks for more.
DELAY_S_MAX = 5.0

# What of a refusal is read.
DETAILS = ("google.rpc.ErrorInfo", "google.rpc.BadRequest", "google.rpc.RetryInfo")


def name_of(message, field):
    """The name of an enum's value in the protos, e.g. JOB_RESULT_SUCCESSFUL; of a number that they do not have, the number."""
    value = getattr(message, field)
    named = message.DESCRIPTOR.fields_by_name[field].enum_type.values_by_number.get(value)
    return str(value) if named is None else named.name


class CallError(Exception):
    """A call that failed: `status` of gRPC, `reason` and `metadata` of google.rpc.ErrorInfo, every wrong field at once.

    `message` is for people and says what to do. `request_id` is what the call can be repeated under, with the same content, also after
    a restart of your own; None when it takes none.
    """

    def __init__(self, status, message, reason, metadata, violations, retry_after_s):
        super().__init__(f"{reason or status}: {message}")
        self.status = status
        self.message = message
        self.reason = reason
        self.metadata = metadata
        self.violations = violations
        self.retry_after_s = retry_after_s
        self.request_id = None

    @property
    def may_be_repeated(self):
        if self.status in ("UNAVAILABLE", "DEADLINE_EXCEEDED"):
            return True
        # What gRPC makes of a connection that breaks off: the cell gives a reason when it refuses.
        if self.status in ("CANCELLED", "INTERNAL", "UNKNOWN") and self.reason == "":
            return True
        return self.status == "RESOURCE_EXHAUSTED" and self.retry_after_s is not None


def no_connection(before):
    """What the attempt before has met, if that says why there is no connection."""
    if before.status == "UNAVAILABLE" and before.reason == "":
        return before
    return CallError("UNAVAILABLE", f"no connection within {TIMEOUT_S} s", "", {}, [], None)


class Messages:
    """Message classes and services from a serialised google.protobuf.FileDescriptorSet."""

    def __init__(self, path):
        files = descriptor_pb2.FileDescriptorSet()
        with open(path, "rb") as file:
            files.ParseFromString(file.read())
        self._pool = descriptor_pool.DescriptorPool()
        for each in files.file:
            self._pool.AddSerializedFile(each.SerializeToString())

    def service(self, name):
        return self._pool.FindServiceByName(name)

    def class_of(self, name):
        descriptor = self._pool.FindMessageTypeByName(name)
        if hasattr(message_factory, "GetMessageClass"):
            return message_factory.GetMessageClass(descriptor)
        return message_factory.MessageFactory(self._pool).GetPrototype(descriptor)

    def error_of(self, failure):
        """The CallError that a grpc.RpcError stands for."""
        status, reason, metadata, violations, retry = self.class_of("google.rpc.Status")(), "", {}, [], None
        for key, value in failure.trailing_metadata() or ():
            if key == "grpc-status-details-bin":
                status = self._parsed("google.rpc.Status", value)
        for detail in status.details:
            name = detail.type_url.rsplit("/", 1)[-1]
            # A cell of a later edition may tell more.
            if name not in DETAILS:
                continue
            message = self._parsed(name, detail.value)
            if name == "google.rpc.ErrorInfo":
                reason, metadata = message.reason, dict(message.metadata)
            elif name == "google.rpc.BadRequest":
                violations = [(each.field, each.description) for each in message.field_violations]
            else:
                retry = message.retry_delay.seconds + message.retry_delay.nanos / 1e9
        return CallError(failure.code().name, failure.details(), reason, metadata, violations, retry)

    def _parsed(self, name, value):
        """An empty message for bytes that are none: the status alone says enough."""
        try:
            return self.class_of(name).FromString(value)
        except DecodeError:
            return self.class_of(name)()


class Line:
    """The channel to a cell, and another one where that has died without a word: calls over it would end with their deadlines only."""

    def __init__(self, address, credentials):
        self._address = address
        self._credentials = credentials
        self.channel = self._open()

    def _open(self):
        if self._credentials is None:
            return grpc.insecure_channel(self._address, CHANNEL_OPTIONS)
        return grpc.secure_channel(self._address, self._credentials, CHANNEL_OPTIONS)

    def connect(self, channel):
        """Raises FutureTimeoutError when there is no connection in time. grpcio makes one only while somebody waits for it."""
        ready = grpc.channel_ready_future(channel)
        try:
            ready.result(TIMEOUT_S)
        finally:
            ready.cancel()

    def leave(self, channel):
        """Streams that stand go on over the channel that is left; what comes takes another."""
        if self.channel is channel:
            self.channel = self._open()


class Service:
    """Calls methods by name. What changes something gets a request id; with it, or when it only reads, it may be repeated."""

    def __init__(self, line, messages, name, repeat_s, on_repeat):
        self._line = line
        self._repeat_s = repeat_s
        self._on_repeat = on_repeat
        self._messages = messages
        self._service = messages.service(name)

    def __call__(self, method, **fields):
        descriptor = self._service.methods_by_name[method]
        request = self._request(descriptor, fields)
        takes_id = "request_id" in descriptor.input_type.fields_by_name
        if takes_id and request.request_id == "":
            request.request_id = str(uuid.uuid4())
        may_come_twice = takes_id or method.startswith(("Get", "List", "Check"))
        begun = time.monotonic()
        delay_s = 0.1
        before = None
        while True:
            channel = self._line.channel
            try:
                if before is not None:
                    # Not left to the call: its deadline would not tell whether it was sent and not answered, or not sent.
                    self._line.connect(channel)
                return self._bind(channel.unary_unary, descriptor)(request, timeout=TIMEOUT_S)
            except grpc.FutureTimeoutError:
                error, is_silent = no_connection(before), True
            except grpc.RpcError as failure:
                error = self._messages.error_of(failure)
                is_silent = error.status == "DEADLINE_EXCEEDED"
            if is_silent:
                self._line.leave(channel)
            before = error
            error.request_id = request.request_id if takes_id else None
            # One half is left to chance: clients that lost the same cell do not come back at once.
            wait_s = max(error.retry_after_s or 0.0, random.uniform(0.5, 1.0) * delay_s)
            is_late = time.monotonic() - begun + wait_s > self._repeat_s
            if is_late or not may_come_twice or not error.may_be_repeated:
                raise error
            self._on_repeat(error, wait_s)
            time.sleep(wait_s)
            delay_s = min(2 * delay_s, DELAY_S_MAX)

    def stream(self, method, timeout_s=None, **fields):
        """Messages of a stream as they come; close it with `.cancel()`. It fails with DEADLINE_EXCEEDED after `timeout_s`.

        A cell that is away is waited for, for so long.
        """
        descriptor = self._service.methods_by_name[method]
        begin = self._bind(self._line.channel.unary_stream, descriptor)
        return begin(self._request(descriptor, fields), timeout=timeout_s, wait_for_ready=timeout_s is not None)

    def _request(self, descriptor, fields):
        return json_format.ParseDict(fields, self._messages.class_of(descriptor.input_type.full_name)())

    def _bind(self, kind, descriptor):
        return kind(
            f"/{self._service.full_name}/{descriptor.name}",
            request_serializer=lambda message: message.SerializeToString(),
            response_deserializer=self._messages.class_of(descriptor.output_type.full_name).FromString,
        )


class Cell:
    """A connection to a cell.

    `credentials`: of grpc.ssl_channel_credentials; None: plain text, on the cell's own machine.
    `repeat_s`: for how long a call that nobody answers is repeated, in seconds; 0: not at all.
    `on_repeat`: told before each repetition: the CallError, and after how many seconds it begins.
    """

    def __init__(self, address, descriptors, credentials=None, repeat_s=REPEAT_S, on_repeat=lambda error, wait_s: None):
        self._line = Line(address, credentials)
        self.messages = Messages(descriptors)
        self.jobs = Service(self._line, self.messages, "celda.job.v1.JobOrderReceiverService", repeat_s, on_repeat)
        self.responses = Service(self._line, self.messages, "celda.job.v1.JobResponseProviderService", repeat_s, on_repeat)
        self.cell = Service(self._line, self.messages, "celda.cell.v1.CellService", repeat_s, on_repeat)

    def wait_for(self, job_order_id, states):
        """The order as soon as it is in one of these states, over as many streams as it takes, and without an end.

        Each stream goes on where the last one was, so that a state is not missed that the order left meanwhile. Raises CallError when the
        cell refuses, as with JOB_ORDER_UNKNOWN when there is no such order.
        """
        token = ""
        while True:
            channel, is_silent = self._line.channel, True
            stream = self.jobs.stream(
                "WatchJobOrders",
                WATCH_S,
                job_order_ids=[job_order_id],
                include_initial_state=token == "",
                resume_token=token,
            )
            is_known = token != ""
            try:
                for message in stream:
                    is_silent = False
                    event = message.WhichOneof("event")
                    if event in ("initial_state", "state_change"):
                        is_known = True
                        job = getattr(message, event)
                        if job.states[0].text in states:
                            return job
                    elif event == "removed" or (event == "synced" and not is_known):
                        # Refused with JOB_ORDER_UNKNOWN, unless somebody has stored it anew.
                        self.jobs("GetJobOrder", job_order_id=job_order_id)
                        is_known = True
                    # Only now: an order of which nobody answered whether it is there is asked for again.
                    token = message.resume_token or token
            except (grpc.RpcError, CallError) as failure:
                error = failure if isinstance(failure, CallError) else self.messages.error_of(failure)
                if is_silent and error.status == "DEADLINE_EXCEEDED":
                    self._line.leave(channel)
                if error.reason == "RESUME_TOKEN_EXPIRED":
                    token = ""
                elif not error.may_be_repeated and error.status != "RESOURCE_EXHAUSTED":
                    raise error from None
            finally:
                stream.cancel()
            time.sleep(1.0)

    def close(self):
        self._line.channel.close()
