import "./shell/first-styles.ts";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { pageNonce } from "./shell/nonce.ts";

// A library deep down makes a style of its own where a window covers the page; it asks for the number under this name.
Object.assign(globalThis, { __webpack_nonce__: pageNonce() });

const root = document.getElementById("root");
if (root !== null)
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
