// Who may do what over the network: roles as in OPC UA, and what each of them permits. Pure data.

/** Roles of people and programs; names as in OPC UA (OPC 10000-3), plus one for the account of an MES. */
export const ACCESS_ROLES = [
  'Observer',
  'Operator',
  'Supervisor',
  'Engineer',
  'ConfigureAdmin',
  'SecurityAdmin',
  'MesService',
] as const;
export type AccessRole = (typeof ACCESS_ROLES)[number];

/** What a method needs. None of them resets a safety function: no method does that. */
export type Permission =
  /** Read and watch; health; what is served. */
  | 'read'
  /** Start, pause, resume, stop and abort job orders. */
  | 'run-orders'
  /** Store, update, cancel and clear job orders; take their results. */
  | 'give-orders'
  /** Command the unit, handle alarms, jog with an enabling device held at the cell. */
  | 'operate'
  /** Change modes as far as they may be remote. */
  | 'supervise'
  /** Work masters, parameters, calibration. */
  | 'engineer'
  /** Configuration, backup, restore. */
  | 'configure'
  /** Access, and the audit trail. */
  | 'secure'
  /** Play with a simulated cell; at its machine only, so no role has it. */
  | 'simulate';

const OPERATOR = ['read', 'run-orders', 'operate'] as const;
const SUPERVISOR = [...OPERATOR, 'give-orders', 'supervise'] as const;

/** Administrators do not move the machine: least privilege (IEC 62443-4-2, CR 2.1). */
export const PERMISSIONS = {
  Observer: ['read'],
  Operator: OPERATOR,
  Supervisor: SUPERVISOR,
  Engineer: [...SUPERVISOR, 'engineer'],
  ConfigureAdmin: ['read', 'configure'],
  SecurityAdmin: ['read', 'secure'],
  MesService: ['read', 'run-orders', 'give-orders'],
} as const satisfies Readonly<Record<AccessRole, readonly Permission[]>>;

/** @returns whether one of the roles permits it */
export function permits(roles: readonly AccessRole[], permission: Permission): boolean {
  return roles.some((role) => (PERMISSIONS[role] as readonly Permission[]).includes(permission));
}
