// What the JSON of rows has in common, for the deflate algorithm (RFC 1951 with a preset dictionary). It is part of the format on disk:
// a changed text would make every row unreadable, so a better one is a new constant under a new coding.

/** The likeliest comes last: short distances cost fewer bits. */
export const DICTIONARY_1 = Buffer.from(
  [
    '{"clockQuality":"UNSYNCED","source":"grpc","category":"CONTROL_EVENT","type":"job.","actor":{"identity":"","role":"","certFingerprint":"","peer":"127.0.0.1:"},',
    '"object":{"kind":"job-order","id":"","revision":0},"before":"","after":"","reason":"","result":"SUCCESS","resultCode":"","correlation":{"requestId":"","jobOrderId":"","traceId":""}}',
    '"ACCESS_CONTROL""REQUEST_ERROR""BACKUP_RESTORE""CONFIG_CHANGE""AUDIT_LOG""DENIED""FAILED"',
    '"stop-record""record":{"id":1,"epoch":"","cycle":,"cause":{"code":4001,"detail":{"block":"","diagCode":"C001"}},"category":1,"others":[],"blocks":[{"name":"","type":"SF_EmergencyStop","diagCode":"8000","output":true,"outputs":{"S_EStopOut":true}},',
    '"inputs":[{"device":"","kind":"digital-input","value":1,"unit":"","isSafety":true},{"device":"","kind":"analog-input","traceMs":1000,"changes":[{"beforeMs":,"device":"","from":0,"to":1}]',
    '{"kind":"alarm","fault":{"code":,"detail":{}},"active":true}{"kind":"alarm-handled","how":"acknowledged","by":"","alarm":{"id":,{"kind":"reset"}{"kind":"mode","from":"production","to":"manual"}',
    '{"kind":"bypass","how":"asked-for"{"kind":"unit","from":"stopped","to":"resetting"}"idle""starting""execute""completing""complete""holding""held""unholding""stopping""aborting""aborted""clearing"',
    '"celda.job.v1.JobOrderReceiverService/StoreAndStart","requestId":"","digest":"","identity":"","method":"',
    '"checkpoint":{"parameters":{},"frames":[{"index":0,"rounds":1}],"progress":{"startedAt":},"holding":["gripper"],"current":{"path":"steps[0].repeat.steps[0]","label":""}}',
    '{"e":{"kind":"job","record":{"order":{"jobOrderId":"","description":"","workMasterId":"","priority":0,"parameters":{"count":10,"speed":80}},"workMasterVersion":"1.0.0",',
    '"measurements":[{"id":"","value":-,"unit":"kPa","timeMs":17}],"state":"AllowedToStart","substate":"Ready","state":"Interrupted","substate":"Held","state":"Aborted","state":"Ended","substate":"Completed","result":"Successful","Unsuccessful"',
    '"storedAt":17,"startTime":17,"endTime":17,"producedQuantity":0,"goodQuantity":0,"result":"Unknown","revision":1},"n":0,"state":"Running"',
  ].join(''),
);
