// What each method needs, by its path. A method that is not here is refused to everybody who comes over the network.
import type { Permission } from '../core/access-role.ts';

const JOB = '/celda.job.v1.JobOrderReceiverService';
const RESPONSE = '/celda.job.v1.JobResponseProviderService';
const CELL = '/celda.cell.v1.CellService';
const MASTERS = '/celda.cell.v1.WorkMasterService';
const SIM = '/celda.sim.v1.SimulationService';

/** The one table: docs/reference/network.md is made from it, and a test compares it with the descriptors of the services. */
export const METHOD_PERMISSIONS: Readonly<Record<string, Permission>> = {
  [`${JOB}/StoreJobOrder`]: 'give-orders',
  [`${JOB}/StoreAndStartJobOrder`]: 'give-orders',
  [`${JOB}/StartJobOrder`]: 'run-orders',
  [`${JOB}/RevokeStartJobOrder`]: 'run-orders',
  [`${JOB}/UpdateJobOrder`]: 'give-orders',
  [`${JOB}/PauseJobOrder`]: 'run-orders',
  [`${JOB}/ResumeJobOrder`]: 'run-orders',
  [`${JOB}/StopJobOrder`]: 'run-orders',
  [`${JOB}/AbortJobOrder`]: 'run-orders',
  [`${JOB}/CancelJobOrder`]: 'give-orders',
  [`${JOB}/ClearJobOrder`]: 'give-orders',
  [`${JOB}/GetJobOrder`]: 'read',
  [`${JOB}/ListJobOrders`]: 'read',
  [`${JOB}/WatchJobOrders`]: 'read',
  [`${JOB}/GetReceiverCapabilities`]: 'read',
  [`${RESPONSE}/GetJobResponse`]: 'read',
  [`${RESPONSE}/ListJobResponses`]: 'read',
  [`${RESPONSE}/AcknowledgeJobResponse`]: 'give-orders',
  [`${CELL}/GetCell`]: 'read',
  [`${CELL}/GetCellState`]: 'read',
  [`${CELL}/WatchCellState`]: 'read',
  [`${CELL}/ListAlarms`]: 'read',
  [`${CELL}/WatchAlarms`]: 'read',
  [`${CELL}/AcknowledgeAlarm`]: 'operate',
  [`${CELL}/ShelveAlarm`]: 'operate',
  [`${CELL}/UnshelveAlarm`]: 'operate',
  [`${CELL}/GetStop`]: 'read',
  [`${CELL}/ListStops`]: 'read',
  [`${CELL}/SendUnitCommand`]: 'operate',
  [`${CELL}/SetUnitMode`]: 'supervise',
  [`${CELL}/WatchSignals`]: 'read',
  '/celda.cell.v1.JogService/Jog': 'operate',
  [`${MASTERS}/ListWorkMasters`]: 'read',
  [`${MASTERS}/GetWorkMaster`]: 'read',
  [`${MASTERS}/CheckWorkMaster`]: 'engineer',
  [`${MASTERS}/SubmitWorkMasterDraft`]: 'engineer',
  [`${MASTERS}/ApproveWorkMaster`]: 'engineer',
  [`${MASTERS}/DiscardWorkMasterDraft`]: 'engineer',
  [`${MASTERS}/RetireWorkMaster`]: 'engineer',
  [`${MASTERS}/ReinstateWorkMaster`]: 'engineer',
  '/grpc.health.v1.Health/Check': 'read',
  '/grpc.health.v1.Health/List': 'read',
  '/grpc.health.v1.Health/Watch': 'read',
  '/grpc.reflection.v1.ServerReflection/ServerReflectionInfo': 'read',
  [`${SIM}/GetPlant`]: 'simulate',
  [`${SIM}/ListInputs`]: 'simulate',
  [`${SIM}/SetInput`]: 'simulate',
  [`${SIM}/ListFaults`]: 'simulate',
  [`${SIM}/InjectFault`]: 'simulate',
  [`${SIM}/ClearFault`]: 'simulate',
  [`${SIM}/WatchPins`]: 'simulate',
};
