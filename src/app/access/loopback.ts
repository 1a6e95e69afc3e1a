// Whether an address is of this machine only, for those who may not know the services.
export { isLoopback } from '../../mes/loopback.ts';
