export declare const bundle: (root: string, dist: string) => Promise<void>;
