// The firmware images that come with Celda, by their manifest; nothing unlisted or altered is ever flashed.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { BoardKind } from '../core/cell-model.ts';
import { OperatorError } from './operator-error.ts';

export interface FirmwareImage {
  readonly target: string;
  readonly file: string;
  /** `major.minor.patch` */
  readonly firmwareVersion: string;
  readonly wireVersion: number;
  readonly sha256: string;
}

/** Where the images lie in an installation. */
export const IMAGES_DIRECTORY = new URL('../../firmware-bridge/firmware/images/', import.meta.url);

/** @throws OperatorError when the manifest is missing or lists no image for the board */
export function imageOf(kind: BoardKind, directory = IMAGES_DIRECTORY): FirmwareImage {
  const manifest: unknown = JSON.parse(readInstalled('manifest.json', directory).toString('utf8'));
  const images: unknown =
    typeof manifest === 'object' && manifest !== null && 'images' in manifest ? manifest.images : [];
  const listed: readonly unknown[] = Array.isArray(images) ? images : [];
  const image = listed.filter(isImage).find(({ target }) => target === kind);
  if (image === undefined)
    throw new OperatorError(
      { en: `there is no firmware image for board ${kind}`, es: `no hay imagen de firmware para la tarjeta ${kind}` },
      { en: 'install Celda again', es: 'instale Celda de nuevo' },
    );
  return image;
}

/** @returns the path of the image. @throws OperatorError when its bytes are not those of the manifest */
export function checkedImagePath(image: FirmwareImage, directory = IMAGES_DIRECTORY): string {
  const digest = createHash('sha256').update(readInstalled(image.file, directory)).digest('hex');
  if (digest === image.sha256) return fileURLToPath(new URL(image.file, directory));
  throw new OperatorError(
    {
      en: `${image.file} is damaged: its SHA-256 is not that of the manifest`,
      es: `${image.file} está dañado: su SHA-256 no es el del manifiesto`,
    },
    {
      en: 'install Celda again, or build the images with npm run firmware',
      es: 'instale Celda de nuevo, o construya las imágenes con npm run firmware',
    },
  );
}

function readInstalled(file: string, directory: URL): Buffer {
  try {
    return readFileSync(new URL(file, directory));
  } catch {
    throw new OperatorError(
      { en: `${file} is missing in ${fileURLToPath(directory)}`, es: `falta ${file} en ${fileURLToPath(directory)}` },
      { en: 'install Celda again', es: 'instale Celda de nuevo' },
    );
  }
}

function isImage(value: unknown): value is FirmwareImage {
  if (typeof value !== 'object' || value === null) return false;
  const { target, file, firmwareVersion, wireVersion, sha256 } = value as Readonly<Record<string, unknown>>;
  const texts = [target, file, firmwareVersion, sha256];
  return texts.every((text) => typeof text === 'string') && typeof wireVersion === 'number';
}
