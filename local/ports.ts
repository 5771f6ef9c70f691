/** The ports of the local system: consecutive ports, or any free ports. */
import { createServer } from 'node:net';

/** `count` ports: first, first + 1, …; with first = 0, any free ports. */
export async function choosePorts(first: number, count: number): Promise<number[]> {
  if (first !== 0) return freePorts(Array.from({ length: count }, (_, index) => first + index));
  const reserved = await Promise.all(Array.from({ length: count }, () => reserve(0)));
  await Promise.all(reserved.map(({ release }) => release()));
  return reserved.map(({ port }) => port);
}

/** Checked before anything is started, because third-party services report less about a port in use. */
async function freePorts(ports: number[]): Promise<number[]> {
  for (const port of ports) {
    try {
      const { release } = await reserve(port);
      await release();
    } catch (error) {
      const range = `${ports[0]} to ${ports.at(-1)}`;
      const { code } = error as NodeJS.ErrnoException;
      const why = code === 'EADDRINUSE' ? 'is in use' : `cannot be opened (${code})`;
      throw new Error(
        `Port ${port} ${why}: stop the program that listens there, or choose ports other than ${range} with --port N`,
        {
          cause: error,
        },
      );
    }
  }
  return ports;
}

/** All are held until all are known, so that no two are equal. */
async function reserve(wanted: number): Promise<{ port: number; release: () => Promise<void> }> {
  const server = createServer();
  await new Promise<void>((done, fail) => server.once('error', fail).listen(wanted, '127.0.0.1', done));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port could be reserved');
  const release = () => new Promise<void>((done) => server.close(() => done()));
  return { port: address.port, release };
}
