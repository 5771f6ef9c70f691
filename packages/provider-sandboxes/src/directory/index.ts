/** The sandbox of a business's own directory: customers by key, with their addresses. */
export { type DirectorySandbox, startDirectorySandbox } from './start-directory-sandbox.ts';
