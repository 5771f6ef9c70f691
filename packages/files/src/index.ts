/** Files that survive a crash: written completely or not at all, and read with errors that name the file. */
export { completeLines, openLineFile } from './line-file.ts';
export { makeFolder } from './make-folder.ts';
export { cannotOpen, damaged, readJsonFile, readTextFile } from './read-json.ts';
export { writeFileWhole } from './write-file.ts';
