/** The address of the API. */

/** Without its trailing slash. Throws a TypeError unless it is https: a token must not be sent in clear, except to this machine. */
export function checkAddress(baseUrl: string): string {
  const { protocol, hostname, search, hash } = new URL(baseUrl);
  const local = ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
  if (protocol !== 'https:' && !(protocol === 'http:' && local))
    throw new TypeError('baseUrl must be an https address');
  if (search !== '' || hash !== '') throw new TypeError('baseUrl must have no query and no fragment');
  return baseUrl.replace(/\/+$/, '');
}
