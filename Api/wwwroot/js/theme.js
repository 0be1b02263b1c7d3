// Light or dark: what was chosen here, else what the system asks for. Kept in cookies, so that the first byte already has the right colours.
const system = matchMedia("(prefers-color-scheme: dark)");
let listener;

function read(name) {
    return document.cookie.split("; ").find(cookie => cookie.startsWith(`${name}=`))?.slice(name.length + 1);
}

function write(name, value) {
    document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=lax`;
}

function isDark() {
    write("system", system.matches ? "dark" : "light");
    return (read("theme") ?? read("system")) === "dark";
}

export function watch(page) {
    unwatch();
    listener = () => page.invokeMethodAsync("ShowThemeAsync", isDark());
    system.addEventListener("change", listener);
    return isDark();
}

export function unwatch() {
    if (listener) {
        system.removeEventListener("change", listener);
        listener = undefined;
    }
}

export function choose(theme) {
    write("theme", theme);
}
