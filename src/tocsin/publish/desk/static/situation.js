// The situation: what is new can be marked as seen by a key.
"use strict";
desk.key("v", () => document.querySelector("#seen")?.click());
