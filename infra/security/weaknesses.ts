type Weakness = {
  /** A hub in production mode does not start with it. */
  readonly refused: boolean;
  readonly what: string;
  readonly why: string;
  readonly cure: string;
};

/** Settings that are weaker than patients' data need: what is so, why it matters, and what to do. */
export const weaknesses = {
  "http-without-tls": {
    refused: true,
    what: "The hub speaks plain HTTP to other machines.",
    why: "Whoever is on the line reads letters and tokens.",
    cure: "Give it a certificate (SEKTORBRO_TLS_CERT, SEKTORBRO_TLS_KEY); or say SEKTORBRO_BEHIND_PROXY=yes where something in front of it on a network of its own speaks TLS.",
  },
  "development-issuer": {
    refused: false,
    what: "The development issuer and the made-up people are trusted.",
    why: "Whoever reaches the loopback, through a proxy on this machine too, signs in without any proof.",
    cure: "SEKTORBRO_MODE=production, and SEKTORBRO_TRUST for those who may call.",
  },
  "nobody-trusted": {
    refused: true,
    what: "No issuer and no certificate of anybody's is trusted.",
    why: "Only the development issuer is left, which is for trying.",
    cure: "Name who may call in a file: SEKTORBRO_TRUST (gateways/http/trust/FORMAT.md); or SEKTORBRO_JWKS_FILE and SEKTORBRO_ISSUER.",
  },
  "setting-unknown": {
    refused: false,
    what: "A setting has a name that the hub does not know.",
    why: "It counts for nothing, and whoever set it believes that it does.",
    cure: "Mend its name (README.md, Settings), or take it out.",
  },
  "no-rate-limit": {
    refused: false,
    what: "A caller may ask as often as it likes.",
    why: "One system that runs wild takes the hub from all.",
    cure: "Leave SEKTORBRO_REQUESTS_PER_SECOND out, or set it above what your busiest system needs.",
  },
  "log-debug": {
    refused: false,
    what: "The log is at its most talkative.",
    why: "It holds no patients' data, but more of who does what than is needed.",
    cure: "SEKTORBRO_LOG_LEVEL=info.",
  },
  "time-made-up": {
    refused: true,
    what: "The hub's time is made up.",
    why: "Every promise is counted by it.",
    cure: "Leave SEKTORBRO_TIME_FROM and SEKTORBRO_TIME_SPEED out.",
  },
  "unsafe-fsync": {
    refused: true,
    what: "What is accepted may not be on disk (--unsafe-fsync).",
    why: "A power cut loses letters that their senders were told yes to.",
    cure: "Leave it out, and mend what the hub then says of its NATS server.",
  },
  "store-not-encrypted": {
    refused: true,
    what: "The journal lies on disk as it is.",
    why: "Whoever takes the disk, or a copy of it, reads every letter.",
    cure: "SEKTORBRO_STORE_KEY_FILE: a file with a secret, on another disk. The store is encrypted at the next start; keep the key where the backups' key is.",
  },
  "store-encryption-unseen": {
    refused: false,
    what: "Whether your NATS encrypts its store cannot be seen from here.",
    why: "Whoever takes its disk, or a copy of it, reads every letter if it does not.",
    cure: "See that its configuration has jetstream { cipher: aes, key: $KEY }, or that its disks are encrypted.",
  },
  "nats-without-tls": {
    refused: true,
    what: "NATS on another machine is spoken to without TLS.",
    why: "Whoever is on the line reads and writes the journal.",
    cure: "tls blocks in its configuration, tls:// in NATS_URL, its issuer in SEKTORBRO_NATS_CA.",
  },
  "nats-without-user": {
    refused: true,
    what: "NATS lets the hub in without any proof.",
    why: "Then it lets in everybody who reaches it, to read and write the journal.",
    cure: "An nkey for the hub (sektorbro partners nats makes the configuration) in SEKTORBRO_NATS_CREDENTIALS.",
  },
  "redis-without-tls": {
    refused: true,
    what: "Redis on another machine is spoken to without TLS.",
    why: "Whoever is on the line reads who waits for whom.",
    cure: "rediss:// in REDIS_URL, its issuer in SEKTORBRO_REDIS_CA.",
  },
  "redis-without-password": {
    refused: true,
    what: "Redis lets the hub in without a password.",
    why: "Then it lets in everybody who reaches it, to change what lists show.",
    cure: "A user with a password (ACL), in REDIS_URL: rediss://hub:secret@host:port.",
  },
  "secret-readable": {
    refused: true,
    what: "A file of a secret may be read by other users of this machine.",
    why: "Whoever has the secret is the hub.",
    cure: "chmod 600 on it, owned by the user that the hub runs as.",
  },
  "data-folder-open": {
    refused: true,
    what: "Other users of this machine may enter the data folder.",
    why: "The journal lies in there.",
    cure: "chmod 700 on it.",
  },
} as const satisfies Record<string, Weakness>;
export type WeaknessCode = keyof typeof weaknesses;
