/** The ports of the local system: a row of neighbours, or any free ones. */
import { createServer } from 'node:net';

/** `count` ports: first, first + 1, …; with first = 0 any that are free just now. */
export async function choosePorts(first: number, count: number): Promise<number[]> {
  if (first !== 0) return Array.from({ length: count }, (_, index) => first + index);
  const reserved = await Promise.all(Array.from({ length: count }, reserve));
  await Promise.all(reserved.map(({ release }) => release()));
  return reserved.map(({ port }) => port);
}

/** All are held until each is known, so that no two are the same. */
async function reserve(): Promise<{ port: number; release: () => Promise<void> }> {
  const server = createServer();
  await new Promise<void>((done, fail) => server.once('error', fail).listen(0, '127.0.0.1', done));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port could be reserved');
  const release = () => new Promise<void>((done) => server.close(() => done()));
  return { port: address.port, release };
}
