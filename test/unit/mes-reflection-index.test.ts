import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ReflectionIndex } from '../../src/mes/reflection-index.ts';

const index = new ReflectionIndex(readFileSync(new URL('../../proto/generated/descriptors.bin', import.meta.url)));

function filesOf(symbol: string): readonly string[] | undefined {
  return index.bySymbol(symbol)?.map((file) => file.name);
}

describe('the index of descriptors', () => {
  it.each([
    ['a service', 'celda.job.v1.JobOrderReceiverService'],
    ['a method', 'celda.job.v1.JobOrderReceiverService.WatchJobOrders'],
    ['a message', 'celda.job.v1.GetJobOrderRequest'],
    ['a field', 'celda.job.v1.GetJobOrderRequest.job_order_id'],
    ['a oneof', 'celda.job.v1.WatchJobOrdersResponse.event'],
  ])('finds %s, and gives its file first and then all that it imports, directly or not', (_, symbol) => {
    expect(filesOf(symbol)).toEqual([
      'celda/job/v1/job_order_receiver_service.proto',
      'celda/job/v1/job_order.proto',
      'google/protobuf/duration.proto',
      'google/protobuf/timestamp.proto',
      'celda/job/v1/work_master.proto',
    ]);
  });

  it.each([
    ['an enum', 'celda.job.v1.JobState', 'celda/job/v1/job_order.proto'],
    ['a nested message', 'google.rpc.BadRequest.FieldViolation', 'google/rpc/error_details.proto'],
    ['a nested enum', 'grpc.health.v1.HealthCheckResponse.ServingStatus', 'grpc/health/v1/health.proto'],
  ])('finds %s', (_, symbol, file) => {
    expect(filesOf(symbol)?.[0]).toBe(file);
  });

  it('knows nothing of what is not there', () => {
    expect([index.bySymbol('celda.job.v1.Nope'), index.byName('nope.proto'), index.bySymbol('')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
