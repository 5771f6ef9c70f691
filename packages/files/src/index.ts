/** Files that survive a kill: written whole, read with errors that name them. */
export { completeLines, openLineFile } from './line-file.ts';
export { makeFolder } from './make-folder.ts';
export { cannotOpen, damaged, readJsonFile, readTextFile } from './read-json.ts';
export { writeFileWhole } from './write-file.ts';
