import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "./shell/shell.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { pageNonce } from "./shell/nonce.ts";

// A library deep down makes a style of its own where a window covers the page; it asks for the number under this name.
Object.assign(globalThis, { __webpack_nonce__: pageNonce() });

// The page that most people begin with comes along with the rest, and not after it.
if (location.pathname === "/console/") void import("./pages/worklist/worklist-page.tsx");

const root = document.getElementById("root");
if (root !== null)
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
