import { describe, expect, it } from "vitest";
import {
  isAllowedByName,
  isPublicAddress,
  usableAddress,
} from "../../../../../gateways/push/core/addresses.ts";

describe("an address of the public internet", () => {
  it.each([
    "1.1.1.1",
    "8.8.8.8",
    "130.226.1.2",
    "172.15.0.1",
    "172.32.0.1",
    "192.167.1.1",
    "2a00:1450::1",
    "2606:4700::1111",
  ])("is %s", (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    "0.0.0.0",
    "10.0.0.1",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.168.1.1",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::7f00:1",
    "fe80::1",
    "fc00::1",
    "fd12:3456::1",
    "ff02::1",
    "2001:db8::1",
    "2001::1",
    "2002:7f00:1::",
    "localhost",
    "",
  ])("is not %s", (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe("the address to connect to", () => {
  const url = new URL("https://hooks.example.dk/in");

  it("is none when any of the name's addresses is internal: the next look-up might give that", () => {
    expect(usableAddress(url, ["8.8.8.8", "10.0.0.1"], [])).toBeUndefined();
    expect(usableAddress(url, ["8.8.8.8", "1.1.1.1"], [])).toBe("8.8.8.8");
    expect(usableAddress(url, [], [])).toBeUndefined();
  });

  it.each([
    "https://127.0.0.1/",
    "https://127.1/",
    "https://0x7f.0.0.1/",
    "https://2130706433/",
    "https://017700000001/",
    "https://[::1]/",
    "https://[::ffff:7f00:1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://169.254.169.254/latest/meta-data",
  ])("is none for %s, however it is spelled", (text) => {
    const { hostname } = new URL(text);
    expect(usableAddress(new URL(text), [hostname.replace(/^\[|\]$/g, "")], [])).toBeUndefined();
  });

  it("may be internal where the settings name the host, with or without its port", () => {
    expect(isAllowedByName(url, ["hooks.example.dk"])).toBe(true);
    expect(isAllowedByName(url, ["hooks.example.dk:443"])).toBe(true);
    expect(isAllowedByName(url, ["hooks.example.dk:8443"])).toBe(false);
    expect(isAllowedByName(url, ["example.dk"])).toBe(false);
    expect(isAllowedByName(new URL("https://[::1]:8443/"), ["[::1]:8443"])).toBe(true);
    expect(usableAddress(url, ["10.0.0.1"], ["hooks.example.dk"])).toBe("10.0.0.1");
  });
});
