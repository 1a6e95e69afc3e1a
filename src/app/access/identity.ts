// The name that a certificate gives, for those who may not know the services.
export { identityIn } from '../../mes/certificate-identity.ts';
