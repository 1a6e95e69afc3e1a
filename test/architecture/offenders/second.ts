// Breaks rules on purpose: the architecture test must see it.
import { z } from 'zod';
import { first } from './first.ts';

export const second = (): unknown => [z, first];
