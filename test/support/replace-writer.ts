// A process that replaces a file for a test, once per text that it is given.
import { replaceFile } from '../../src/app/replace-file.ts';

const [path = '', ...texts] = process.argv.slice(2);
for (const text of texts) replaceFile(path, text);
