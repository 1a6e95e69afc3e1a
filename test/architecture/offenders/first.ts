// Breaks rules on purpose: the architecture test must see it.
import { SerialPort } from 'serialport';
import { second } from './second.ts';

export const first = (): unknown => [SerialPort, second];
