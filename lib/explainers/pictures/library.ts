import type { Bilingual } from '../bilingual'
import { ExplainerError } from '../errors'
import type { Region } from '../regions'
import type { PictureName } from './picture-name'

export interface PictureSize {
  readonly height: number
  readonly width: number
}

/** A picture with everything that figures, measurements and questions say about it. */
export interface LibraryPicture {
  readonly id: PictureName
  /** As evidence requests name it: the file of a bundled picture, the id of an uploaded one. */
  readonly name: string
  /** Lower-case hexadecimal SHA-256 of the bytes. */
  readonly sha256: string
  /** Index of the class that the picture shows. */
  readonly label: number
  readonly title: Bilingual
  /**
   * Names its regions by content: SHA-256 of mask and names. Absent where they change with Vitrine only, so that the
   * picture's bytes name them well enough.
   */
  readonly regionsSha256?: string
  /** The encoded picture. @throws ExplainerError 'picture-missing', 'picture-damaged' */
  bytes(): Promise<Buffer>
  /** @param size of the maps that will be measured. @throws ExplainerError 'picture-missing', 'picture-damaged' */
  regions(size: PictureSize): Promise<readonly Region[]>
}

/** Where pictures come from. */
export interface PictureLibrary {
  /**
   * @throws ExplainerError 'picture-missing' for a name that the library does not have, saying which there are;
   * 'invalid-parameter' for a picture of which nobody has said what it shows
   */
  find(id: PictureName): Promise<LibraryPicture>
  /** @param name as evidence requests have it. @throws ExplainerError as `find` */
  findByFile(name: string): Promise<LibraryPicture>
}

/** A library of bundled pictures, by number, and of uploaded ones, by id. */
export function joinLibraries(bundled: PictureLibrary, uploaded: PictureLibrary): PictureLibrary {
  return {
    find: (id) => (typeof id === 'number' ? bundled : uploaded).find(id),
    findByFile: (name) => (name.endsWith('.png') ? bundled : uploaded).findByFile(name),
  }
}

/** @returns what to say of a picture that a library does not have. */
export function missingPicture(id: PictureName, known: string): ExplainerError {
  return new ExplainerError('picture-missing', String(id), `There is no picture ${id}; ${known}`)
}
