/** `redis+sentinel://[:password@]host:port,host:port/name`: sentinels that know which Redis of that name leads now. */
export const sentinelAddress =
  /^redis\+sentinel:\/\/(?::(?<password>[^@]*)@)?(?<hosts>[\w.-]+:\d+(?:,[\w.-]+:\d+)*)\/(?<name>[\w-]+)$/;
