// case: every kind of member, and in which order
const d = (label: string) => (
  log.push(`evaluated ${label}`),
  (target: any, key?: any, descriptor?: any) => {
    log.push(
      `${label}: ${typeof target} ${target.name ?? target.constructor.name} ${String(key)} ${descriptor === undefined ? "none" : typeof descriptor === "number" ? descriptor : Object.keys(descriptor).sort().join("/")}`,
    );
  }
);
@d("class 1")
@d("class 2")
class A {
  @d("static") static s() {}
  @d("method") m() {}
  @d("field") f = 1;
  @d("static field") static sf = log.push("sf");
  @d("getter") get g() {
    return 1;
  }
  set g(value) {}
  @d("accessor") accessor a = 1;
  @d("nothing") n;
  static {
    log.push("block");
  }
}
log.push(names(A), names(A.prototype), names(new A()));
// case: parameters
const p = (label: string) => (
  log.push(`evaluated ${label}`),
  (target: any, key: any, index: any) => {
    log.push(`${label}: ${typeof target} ${String(key)} ${index}`);
  }
);
const m = (label: string) => (
  log.push(`evaluated ${label}`),
  (target: any, key: any, descriptor: any) => {
    log.push(`${label} ${key} ${typeof descriptor?.value}`);
  }
);
class A {
  constructor(@p("c0") a: number, @p("c1") private b: string, @p("c2") @p("c2 again") readonly c = 3) { log.push([a, b, c]); }
  @m("method") method(@p("m0") a: number, b: number, @p("m2") ...rest: number[]) {
    return [a, b, rest];
  }
  static s(@p("s0") { x }: any = {}, @p("s1") [y]: any = []) {
    return [x, y];
  }
  set v(@p("v0") value: number) {
    log.push(value);
  }
}
log.push(new A(1, "b").method(1, 2, 3), A.s({ x: 1 }, [2]));
// case: a class decorator with parameters of the constructor
const c = (value: any) => {
  log.push(`class ${value.name}`);
};
const p = (target: any, key: any, index: any) => {
  log.push(`param ${target.name} ${key} ${index}`);
};
@c
class A {
  constructor(@p a: any) {}
}
// case: parameters over several lines
const p = (options: any) => (_: any, key: any, index: any) => {
  log.push(`${options.name} ${key} ${index}`);
};
class A {
  constructor(
    @p({
      name: "first",
    })
    private a: number,
    @p({ name: "second" }) public b?: string,
  ) {
    log.push(Object.keys(this).join());
  }
  m(
    // about x
    @p({ name: "x" })
    x: number,
  ): number {
    return x;
  }
}
log.push(new A(1).m(2));
// case: descriptors that are returned are defined
const twice = (_: any, key: string, descriptor: any) => ({
  ...descriptor,
  value(this: any, n: number) {
    return 2 * descriptor.value.call(this, n);
  },
});
const hidden = (_: any, key: string, descriptor: any) => {
  descriptor.enumerable = true;
};
class A {
  @twice m(n: number) {
    return n;
  }
  @twice static s(n: number) {
    return n + 1;
  }
  @hidden get g() {
    return 1;
  }
}
log.push(new A().m(2), A.s(2), Object.keys(A.prototype).join());
// case: several decorators, the last is called first
const wrap = (name: string) => (_: any, key: string, descriptor: any) => {
  const before = descriptor.value;
  descriptor.value = () => `${name}(${before()})`;
};
class A {
  @wrap("a") @wrap("b") m() {
    return "m";
  }
}
log.push(new A().m());
// case: a property decorator defines an accessor on the prototype
const watched = (target: any, key: string) => {
  log.push(key);
};
class A {
  @watched a = 1;
  @watched b: number;
  @watched static c = 2;
  @watched declare d: number;
}
const a = new A();
log.push(names(a), a.a, a.b, A.c);
// case: a class decorator puts another class in its place
const replace = (value: any) =>
  class extends value {
    extra = "extra";
  };
@replace
class A {
  static self = A;
  static make() {
    return new A();
  }
  own() {
    return A;
  }
  static x = 1;
}
log.push((new A() as any).extra, (A.make() as any).extra, new A().own() === A, A.self === A, A.x);
// case: names
const none = (_: any) => {};
@none
class A {}
@none
export class B {}
@none
export default class C {
  static self = () => C;
}
log.push(A.name, B.name, C.name, C.self() === C);
// case: a default export without a name
const mark = (value: any) => {
  log.push(`mark ${typeof value}`);
};
@mark export default class { m() {} }
// case: computed keys are evaluated once, before the decorators
const key = (name: string) => (log.push(`key ${name}`), name);
const d = (label: string) => (
  log.push(`evaluated ${label}`),
  (_: any, name: any) => {
    log.push(`${label} ${String(name)}`);
  }
);
class A {
  @d("a") [key("a")]() {}
  [key("b")]() {}
  @d("c") static [key("c")] = log.push("c");
  @d("e") [key("e")] = 1;
  @d("g") get [key("g")]() {
    return 1;
  }
}
new A();
// case: symbols, numbers and texts as keys
const d = (_: any, name: any, descriptor: any) => {
  log.push(`${typeof name} ${String(name)}`);
};
class A {
  @d [Symbol.iterator]() {}
  @d 1() {}
  @d "a b"() {}
  @d static 2 = 3;
}
// case: decorators that are undefined are passed over
class A {
  @(undefined as any) m() {}
  @(undefined as any) f = 1;
}
log.push(new A().f);
// case: errors
attempt(() => {
  class A {
    @(
      (() => {
        throw new RangeError("evaluated");
      })()
    )
    m() {}
  }
});
attempt(() => {
  class A {
    @(
      () => {
        throw new RangeError("called");
      }
    )
    m() {}
    static x = log.push("static first");
  }
});
attempt(() => {
  @(
    (() => {
      throw new RangeError("class");
    }) as any
  )
  class A {}
});
attempt(() => {
  class A {
    @(1 as any) m() {}
  }
});
// case: this and arguments are those around the class
function f(this: any, ...args: any[]) {
  const d = (label: any) => (_: any, key: any) => {
    log.push(`${label} ${key}`);
  };
  class A {
    @d(this.name) m() {}
    @d(arguments[0]) n() {}
    o(@d(this.name) x: any) {}
  }
  return A;
}
f.call({ name: "around" }, "argument");
// case: decorators see the class
const d = (read: () => any) => (_: any, key: any) => {
  log.push(`${key} ${read().name}`);
};
class A {
  @d(() => ({ name: typeof A })) m() {}
  static x = 1;
  @d(() => ({ name: A.x })) n() {}
}
// case: classes in loops
const made: any[] = [];
for (const n of [1, 2]) {
  const d = (_: any, key: any, descriptor: any) => {
    descriptor.value = () => n;
  };
  class A {
    @d m() {
      return 0;
    }
  }
  made.push(A);
}
log.push(made.map((one) => new one().m()));
// case: nested classes
const d = (label: string) => (target: any, key?: any) => {
  log.push(`${label} ${key}`);
};
class Outer {
  @d("outer") m() {
    @d("inner class")
    class Inner {
      @d("inner") n() {}
    }
    return new Inner();
  }
}
names(new Outer().m());
// case: inheritance and super
const loud = (_: any, key: string, descriptor: any) => {
  const before = descriptor.value;
  descriptor.value = function (this: any) {
    return `${before.call(this)}!`;
  };
};
class Base {
  hello() {
    return "hello";
  }
}
class A extends Base {
  @loud hello() {
    return super.hello();
  }
  constructor(@((..._: any[]) => {}) readonly x = 1) { super(); }
}
log.push(new A().hello(), new A().x);
// case: accessors without decorators
class A {
  accessor a = 1;
  static accessor b = 2;
}
log.push(new A().a, A.b);
// case: modifiers and overloads
const d = (_: any, key: any) => {
  log.push(key);
};
abstract class A {
  m(a: number): void;
  m(a: string): void;
  @d public m(a: any): void {}
  @d protected readonly f: number = 1;
  @d private static s?: string;
  abstract n(): void;
  @d abstract p: number;
}
log.push(names(A));
// case: exported classes with members only
const d = (_: any, key: any) => {
  log.push(key);
};
export class A {
  @d m() {}
}
export default class B { @d n() {} }
log.push(A.name, B.name);
// case: async methods and generators
const d = (_: any, key: any, descriptor: any) => {
  log.push(Object.prototype.toString.call(descriptor.value));
};
class A {
  @d async a() {}
  @d *g() {}
  @d async *ag() {}
}
// case: private members beside
const d = (_: any, key: any) => {
  log.push(key);
};
class A {
  #p = 1;
  @d m() {
    return this.#p;
  }
  static #s = 2;
  @d static s() {
    return A.#s;
  }
}
log.push(new A().m(), A.s());
