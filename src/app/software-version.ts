// Which Celda this is: the version of package.json.
export const SOFTWARE_VERSION = '0.1.0';
