#!/usr/bin/env node
/** The command line of Issue on Behalf; `npx iob --help`. */
import { runCommandLine } from './command-line/run.ts';

process.exitCode = await runCommandLine(process.argv.slice(2));
