// Roles that a client may be given, for commands.
export { ACCESS_ROLES, type AccessRole } from '../../core/access-role.ts';
