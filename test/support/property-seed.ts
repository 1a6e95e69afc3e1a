// Properties draw the same values in every run, or what lands would hang on a draw; `npm run campaign:properties` draws others.
import process from 'node:process';
import fc from 'fast-check';

fc.configureGlobal({ seed: Number(process.env['CELDA_PROPERTY_SEED'] ?? '1') });
