// case: every kind of element, what its decorator gets, and in which order
class A {
  @note("method") method() {}
  @note("static method") static method() {}
  @note("getter") get read() {
    return 1;
  }
  @note("setter") set written(value) {}
  @note("static getter") static get read() {
    return 1;
  }
  @note("static setter") static set written(value) {}
  @note("field") field = 1;
  @note("static field") static field = 2;
  @note("accessor") accessor both = 3;
  @note("static accessor") static accessor both = 4;
}
log.push(names(A), names(A.prototype), names(new A()), A.field, A.both, new A().both);
// case: private elements
class A {
  @note("method") #method() {
    return 1;
  }
  @note("static method") static #method2() {
    return 2;
  }
  @note("getter") get #read() {
    return 3;
  }
  @note("setter") set #written(value) {
    log.push(value);
  }
  @note("field") #field = 4;
  @note("static field") static #field2 = 5;
  @note("accessor") accessor #both = 6;
  @note("static accessor") static accessor #both2 = 7;
  all() {
    this.#written = 8;
    this.#both += 1;
    return [this.#method(), A.#method2(), this.#read, this.#field, A.#field2, this.#both, A.#both2];
  }
}
log.push(new A().all(), names(A), names(A.prototype), names(new A()));
// case: decorators and computed keys are evaluated in the order of the text, before any is called
const key = (name: string) => (log.push(`key ${name}`), name);
@note("class")
class A extends (log.push("heritage"), Object) {
  @note("1") @note("2") [key("a")]() {}
  [key("b")]() {}
  @note("3") static [key("c")] = log.push("c initialised");
  [key("d")] = log.push("d initialised");
  @note("4") [key("e")] = 1;
}
new A();
// case: a computed key is turned into a name once
const key = {
  count: 0,
  toString() {
    this.count++;
    return "k";
  },
};
class A {
  @note("a") [key as any]() {}
  @note("b") static accessor [key as any] = 1;
}
class B {
  @note("c") get [key as any]() {
    return 1;
  }
  @note("d") static [key as any] = 2;
}
log.push(key.count, names(A), names(A.prototype));
// case: symbols and numbers as keys
const s = Symbol("s");
class A {
  @note("s") [s]() {}
  @note("1") 1() {}
  @note("0x10") 0x10() {}
  @note("1e3") static 1e3 = 1;
  @note("text") "a b"() {}
  @note("constructor") static name() {}
}
log.push(names(A), names(A.prototype));
// case: replaced methods, getters and setters
const twice = (value: any, _: any) =>
  function (this: any, ...args: any[]) {
    return [value.call(this, ...args), value.call(this, ...args)];
  };
class A {
  n = 1;
  @twice method(by: number) {
    return (this.n += by);
  }
  @twice static method(by: number) {
    return by;
  }
  @twice get value() {
    return this.n++;
  }
  @twice set value(to: number) {
    this.n += to;
  }
  @twice #secret() {
    return this.n;
  }
  @twice get #value() {
    return this.n++;
  }
  @twice set #value(to) {
    this.n += to;
  }
  all() {
    this.#value = 10;
    return [this.#secret(), this.#value];
  }
}
const a = new A();
a.value = 5;
log.push(a.method(1), A.method(2), a.value, a.all(), a.n);
log.push(Object.getOwnPropertyDescriptor(A.prototype, "method")!.enumerable, A.prototype.method.name);
// case: several decorators on one element, the last is called first
const wrap = (name: string) => (value: any) =>
  function (this: any) {
    return `${name}(${value.call(this)})`;
  };
class A {
  @wrap("a") @wrap("b") @wrap("c") method() {
    return "m";
  }
  @wrap("x") @wrap("y") get value() {
    return "v";
  }
}
log.push(new A().method(), new A().value);
// case: a field's initial value
const add = (text: string) => (_: any, context: any) =>
  function (this: any, value: any) {
    log.push(`${text} ${String(context.name)} ${typeof this}`);
    return `${value}${text}`;
  };
class A {
  @add("1") @add("2") a = "a";
  @add("3") b;
  @add("4") static c = "c";
  @add("5") #d = "d";
  @add("6") static #e = "e";
  @add("7") ["f"] = "f";
  d() {
    return this.#d + A.#e;
  }
}
const a = new A();
log.push(a.a, a.b, A.c, a.d(), a.f);
// case: an accessor's initial value, getter and setter
const doubled = ({ get, set }: any, context: any) => ({
  get(this: any) {
    return get.call(this) * 2;
  },
  set(this: any, value: number) {
    set.call(this, value + 1);
  },
  init(value: number) {
    log.push(`init ${String(context.name)} ${value}`);
    return value * 10;
  },
});
class A {
  @doubled accessor a = 1;
  @doubled static accessor b = 2;
  @doubled accessor #c = 3;
  @doubled accessor d;
  c(to: number) {
    const before = this.#c;
    this.#c = to;
    return [before, this.#c];
  }
}
const a = new A();
log.push(a.a, A.b, a.c(5), a.d);
a.a = 7;
A.b = 8;
log.push(a.a, A.b, names(a), names(A.prototype));
// case: only a part of an accessor
const only =
  (part: string) =>
  ({ get, set }: any) =>
    part === "get"
      ? { get: () => "got" }
      : part === "set"
        ? {
            set(this: any, v: any) {
              set.call(this, `set ${v}`);
            },
          }
        : {};
class A {
  @only("get") accessor a = 1;
  @only("set") accessor b = 2;
  @only("") accessor c = 3;
}
const a = new A();
a.a = 4;
a.b = 5 as any;
a.c = 6;
log.push(a.a, a.b, a.c);
// case: accessors without decorators
const key = () => (log.push("key"), "k");
class A {
  accessor a = 1;
  static accessor b = 2;
  accessor [key()] = 3;
  static accessor [key()] = 4;
  accessor #c = 5;
  accessor d;
  accessor 0 = 6;
  accessor "e f" = () => {};
  c() {
    return this.#c++ + this.#c;
  }
}
const a = new A();
a.a += 10;
A.b *= 2;
log.push(
  a.a,
  A.b,
  (a as any).k,
  (A as any).k,
  a.c(),
  a.d,
  a[0],
  a["e f"].name,
  names(a),
  names(A),
  names(A.prototype),
);
attempt(() => Object.getOwnPropertyDescriptor(A.prototype, "a")!.get!.call({}));
log.push(
  Object.getOwnPropertyDescriptor(A.prototype, "a")!.get!.name,
  Object.getOwnPropertyDescriptor(A.prototype, "a")!.enumerable,
);
// case: a static accessor read through a class that extends
class A {
  @note("x") static accessor x = 1;
}
class B extends A {}
attempt(() => B.x);
// case: initializers of methods run before fields, those of fields behind their field
const later = (label: string) => (_: any, context: any) => {
  context.addInitializer(function (this: any) {
    log.push(`${label}: ${names(this)}`);
  });
};
class A {
  first = log.push("first field");
  @later("field a") a = log.push("value of a");
  @later("method") method() {}
  @later("getter") get value() {
    return 1;
  }
  @later("accessor") accessor both = log.push("value of both");
  b = log.push("value of b");
  constructor() {
    log.push("constructor");
  }
}
new A();
// case: the same, static
const later = (label: string) => (_: any, context: any) => {
  context.addInitializer(function (this: any) {
    log.push(`${label}: ${typeof this} ${Object.hasOwn(this, "a")} ${Object.hasOwn(this, "b")}`);
  });
};
class A {
  static first = log.push("first field");
  @later("field a") static a = log.push("value of a");
  @later("method") static method() {}
  static {
    log.push("block");
  }
  @later("accessor") static accessor both = log.push("value of both");
  static b = log.push("value of b");
}
// case: in a class that extends, after super()
const later = (label: string) => (_: any, context: any) => {
  context.addInitializer(function (this: any) {
    log.push(`${label} ${this.base}`);
  });
};
class Base {
  base = "base";
  constructor() {
    log.push("base");
  }
}
class A extends Base {
  @later("method") method() {}
  @later("field") field = log.push("field");
  constructor() {
    log.push("before");
    super();
    log.push("after");
  }
}
class B extends A {
  @later("more") more() {}
}
new B();
// case: private initializers
const later = (label: string) => (_: any, context: any) => {
  context.addInitializer(function (this: any) {
    log.push(`${label} ${context.access.has(this)}`);
  });
};
class A {
  @later("method") #method() {}
  @later("field") #field = 1;
  @later("accessor") accessor #both = 2;
  static f = (a: A) => [a.#method, a.#field, a.#both].length;
}
log.push(A.f(new A()));
// case: a class decorator sees the class
@note("class")
class A {
  static x = 1;
  method() {
    return A;
  }
}
log.push(new A().method() === A, A.name, A.x);
// case: class decorators in order, with initializers last
const c = (label: string) => (value: any, context: any) => {
  log.push(label);
  context.addInitializer(function (this: any) {
    log.push(`${label} later ${this === A} ${Object.hasOwn(this, "x")}`);
  });
};
@c("1")
@c("2")
class A {
  static x = log.push("x");
  @note("m") m() {}
}
// case: a class decorator puts another class in its place
const replace = (value: any) =>
  class extends value {
    extra = "extra";
    static more = "more";
  };
@replace
class A {
  static self = A;
  static method() {
    return A;
  }
  static x = 1;
  own() {
    return A;
  }
  static {
    log.push(`block ${A === A} ${A.name}`);
  }
  static again = this;
}
const a = new A() as any;
log.push(
  A.self === A,
  A.method() === A,
  a.own() === A,
  a.extra,
  (A as any).more,
  A.x,
  A.again === A,
  Object.hasOwn(A, "x"),
  a instanceof A,
);
// case: a replaced class with static elements that have decorators
const replace = (value: any) => class extends value {};
const plus = (_: any) => (value: number) => value + 1;
@replace
class A {
  @plus static a = 1;
  static accessor b = 2;
  @plus static c;
  static ["d"] = 4;
  @note("m") static m() {
    return A === A;
  }
  static e = () => this === A;
}
log.push(A.a, A.b, A.c, A.d, A.m(), A.e(), Object.hasOwn(A, "a"), Object.hasOwn(A, "d"));
A.b = 9;
log.push(A.b, A.e.name);
// case: a replaced class reads its parent's static members
const replace = (value: any) => class extends value {};
class Base {
  static base = "base";
  static hello() {
    return `hello ${Base.base}`;
  }
}
@replace
class A extends Base {
  static base = "a";
  static greeting = super.hello();
  static {
    log.push(Base.base);
  }
}
log.push(A.greeting);
// case: a class as a value takes its name from its place
const A =
  @note("declared")
  class {};
const B =
  @note("named")
  class Inner {
    static self = Inner;
  };
const o = {
  C:
    @note("key")
    class {},
};
let D;
D =
  @note("assigned")
  class {};
const E = class {
  @note("member") m() {}
};
const [
  F = @note("default")
  class {},
] = [];
log.push(A.name, B.name, B.self === B, o.C.name, D.name, E.name);
(
  @note("nameless")
  class {}
);
class G {
  field =
    @note("in a field")
    class {};
}
log.push(new G().field.name);
// case: a replaced class as a value
const replace = (value: any) =>
  class extends value {
    static changed = true;
  };
const A =
  @replace
  class B {
    static self = () => B;
  };
log.push((A as any).changed, A.self() === A);
// case: exported classes
@note("before")
export class A {
  @note("m") m() {}
}
export
@note("after")
class B {}
log.push(A.name, B.name);
// case: a default export, named
@note("class")
export default class Named {
  static n = 1;
}
log.push(Named.name, Named.n);
// case: a default export without a name
export default @note("class") class { @note("m") m() {} }
// case: a default export without a name, decorators first
@note("class") export default class { static s = 1; }
// case: a default export as an expression
export default (@note("class") class { @note("m") m() {} });
// case: classes in loops keep their own decorators
const classes: any[] = [];
for (const n of [1, 2, 3]) {
  const init = (_: any, context: any) => {
    context.addInitializer(function (this: any) {
      this.seen = n;
    });
    return (value: number) => value * n;
  };
  class A {
    @init field = 10;
  }
  classes.push(
    A,
    class {
      @init field = 20;
    },
  );
}
log.push(
  classes.map((one) => {
    const a = new one();
    return [a.field, a.seen];
  }),
);
// case: inside functions, generators and async functions
function* generate() {
  const A =
    @(yield "decorator")
    class {
      @(yield "member") m() {}
      [yield "key"]() {}
    };
  return A;
}
const steps = generate();
log.push(steps.next().value, steps.next(note("a")).value, steps.next(note("b")).value);
const A = steps.next("k").value as any;
log.push(A.name, names(A.prototype));
function inner(this: any, mark: any) {
  class B {
    @mark m() {}
    @(this.mark) n() {}
    @(arguments[0]) o() {}
  }
  return B;
}
inner.call({ mark: note("this") }, note("mark"));
// case: await in a decorator
export const done = (async () => {
  const A =
    @(await note("async"))
    class {
      @(await note("member")) m() {}
    };
  log.push(A.name);
})();
// case: await at the top of the module
@(await note("class"))
class A {
  @(await note("member")) [await "m"]() {}
  static x = 1;
}
const B =
  @(await note("value"))
  class {};
log.push(names(A.prototype), A.x, B.name);
// case: what access reaches
const seen: any = {};
const keep = (_: any, context: any) => {
  seen[`${context.kind} ${String(context.name)}`] = context.access;
};
class A {
  @keep method() {
    return "m";
  }
  @keep field = 1;
  @keep accessor both = 2;
  @keep get read() {
    return 3;
  }
  @keep set written(v: any) {
    log.push(`written ${v}`);
  }
  @keep #method() {
    return "pm";
  }
  @keep #field = 4;
  @keep accessor #both = 5;
  @keep get #read() {
    return 6;
  }
  @keep set #written(v: any) {
    log.push(`private ${v}`);
  }
  @keep static s = 7;
  @keep static #ps = 8;
}
const a = new A();
for (const [name, access] of Object.entries<any>(seen)) {
  const home = name.includes("s") && /field #?p?s$/.test(name) ? A : a;
  attempt(
    () =>
      `${name} has ${access.has(home)} ${name.includes("#") ? access.has({}) : access.has({ [name.split(" ")[1]]: 1 })}`,
  );
  if (access.set) {
    attempt(() => {
      access.set(home, "new");
    });
  }
  if (access.get) {
    attempt(() => {
      const value = access.get(home);
      return `${name} get ${typeof value === "function" ? value.call(home) : value}`;
    });
    attempt(() => access.get({}) === undefined);
  }
}
// case: metadata is shared, and inherited
const meta = (key: string, value: any) => (_: any, context: any) => {
  context.metadata[key] = value;
};
const symbol = (Symbol as any).metadata ?? Symbol.for("Symbol.metadata");
@meta("class", 1)
class A {
  @meta("a", 1) a = 1;
  @meta("b", 2) static b() {}
}
@meta("class", 2)
class B extends A {
  @meta("c", 3) c() {}
}
class C extends B {
  @meta("d", 4) d = 1;
}
const data = (value: any) => ({ ...value[symbol] });
log.push(
  data(A),
  data(B),
  data(C),
  Object.getPrototypeOf((B as any)[symbol]) === (A as any)[symbol],
  (C as any)[symbol].a,
  Object.getPrototypeOf((A as any)[symbol]),
);
// case: addInitializer after the decorator has returned
let kept: any;
class A {
  @(
    (_: any, context: any) => {
      kept = context.addInitializer;
    }
  )
  m() {}
}
attempt(() => kept(() => {}));
// case: addInitializer gives nothing
attempt(() => { class A { @((_: any, context: any) => context.addInitializer(() => {})) m() {} } return "fine"; });
// case: addInitializer with what is no function
attempt(() => {
  class A {
    @((_: any, context: any) => context.addInitializer(1)) m() {}
  }
});
// case: a decorator that is no function
attempt(() => {
  class A {
    @(1 as any) m() {}
  }
});
attempt(() => {
  class A {
    @(undefined as any) f = 1;
  }
});
attempt(() => {
  @(null as any)
  class A {}
});
// case: a decorator that returns what it must not
attempt(() => {
  class A {
    @(() => 1) m() {}
  }
});
attempt(() => {
  class A {
    @(() => null) f = 1;
  }
});
attempt(() => {
  class A {
    @(() => () => {}) accessor a = 1;
  }
});
attempt(() => {
  class A {
    @(() => ({ get: 1 })) accessor a = 1;
  }
});
attempt(() => {
  @((() => ({})) as any)
  class A {}
});
attempt(() => {
  @((() => undefined) as any)
  class A {}
  return "fine";
});
// case: an error in a decorator leaves the rest undone
attempt(() => {
  class A {
    @note("a") a() {}
    @(
      () => {
        throw new RangeError("no");
      }
    )
    b() {}
    @note("c") c() {}
    static {
      log.push("never");
    }
  }
});
attempt(() => {
  class A {
    @note("a") a() {}
    @(
      (() => {
        throw new RangeError("early");
      })()
    )
    b() {}
  }
});
// case: an error in an initializer
class A {
  @((_: any, context: any) => {
    context.addInitializer(() => {
      throw new RangeError("late");
    });
  })
  m() {}
}
attempt(() => new A());
attempt(() => {
  class B {
    @(
      (_: any) => () => {
        throw new RangeError("value");
      }
    )
    static f = 1;
  }
});
// case: decorators see private names and the class itself
const reach = (get: (object: any) => any) => (_: any, context: any) => {
  context.addInitializer(function (this: any) {
    log.push(get(this));
  });
};
class A {
  #secret = "secret";
  @reach((a) => a.#secret) later = 1;
  @reach(() => typeof A) more() {}
}
new A();
// case: brackets and calls around decorators
const box: any = { deep: { note }, [Symbol.for("x")]: note("symbol") };
class A {
  @note("brackets") a() {}
  @(0, note("sequence")) b() {}
  @box.deep.note("call") c() {}
  @(box[Symbol.for("x")]) d() {}
  @(((note("many")))) e() {}
  @note("applied") f() {}
}
// case: comments and lines between decorators
class A {
  // first
  @note("a") /* between */ @note(
    "b",
  )
  // last
  static
  // still
  method() { return new Error().stack!.length > 0; }

  @note("c")

  field
  @note("d") other
  ;["k"] = 1
}
log.push(A.method(), names(new A()));
// case: functions take their names from fields with decorators
class A {
  @note("a") a = () => {};
  @note("b") static b = () => {};
  @note("c") #c = class {};
  @note("d") accessor d = () => {};
  c() {
    return this.#c.name;
  }
  @note("e") e = function named() {};
  @note("f") "f g" = () => {};
}
const a = new A();
log.push(a.a.name, A.b.name, a.c(), a.d.name, a.e.name, a["f g"].name);
// case: super in members with decorators
class Base {
  hello() {
    return "hello";
  }
  static greet() {
    return "greet";
  }
  get word() {
    return "word";
  }
}
class A extends Base {
  @note("m") hello() {
    return super.hello() + "!";
  }
  @note("s") static greet() {
    return Base.greet() + "!";
  }
  @note("p") #private() {
    return super.hello() + "?";
  }
  @note("g") get word() {
    return super.word + "!";
  }
  @note("f") field = super.hello();
  @note("sf") static field = super.greet();
  call() {
    return this.#private();
  }
}
log.push(new A().hello(), A.greet(), new A().call(), new A().word, new A().field, A.field);
// case: async methods and generators
class A {
  @note("a") async a() {
    return 1;
  }
  @note("g") *g() {
    yield 1;
    yield 2;
  }
  @note("ag") async *ag() {
    yield 1;
  }
  @note("pa") async #pa() {
    return 2;
  }
  @note("pg") static *#pg() {
    yield 3;
  }
  static all() {
    return [...A.#pg()];
  }
  kinds() {
    return [this.a, this.g, this.ag, this.#pa].map((each) => Object.prototype.toString.call(each));
  }
}
log.push(new A().kinds(), [...new A().g()], A.all());
// case: private methods can't be written, and need the right object
class A {
  @note("m") #m() {
    return 1;
  }
  @note("g") get #g() {
    return 2;
  }
  static try(a: any) {
    attempt(() => a.#m());
    attempt(() => {
      a.#m = 1;
    });
    attempt(() => a.#g);
    attempt(() => {
      a.#g = 1;
    });
    attempt(() => #m in a);
  }
}
A.try(new A());
A.try({});
// case: private methods are the same function in every object
class A {
  @note("m") #m() {
    return 1;
  }
  m() {
    return this.#m;
  }
}
log.push(new A().m() === new A().m(), new A().m().name);
// case: nested classes
class Outer {
  @note("outer") method() {
    class Inner {
      @note("inner") #p() {
        return "inner";
      }
      @note("field") f = this.#p();
    }
    return new Inner().f;
  }
  @note("class field") static Made = class {
    @note("made") made() {}
  };
}
log.push(new Outer().method(), names(Outer.Made.prototype));
// case: parameters that are properties, with decorators beside them
class A {
  @note("f") f = 1;
  constructor(
    readonly x: number,
    private y = 2,
  ) {
    log.push(Object.keys(this).sort().join());
  }
  @note("m") m() {
    return this.x + this.y;
  }
}
log.push(new A(3).m());
// case: modifiers of TypeScript
abstract class Base {
  abstract m(): void;
  abstract f: number;
}
class A extends Base {
  @note("m") public override m(): void {}
  @note("f") protected override readonly f: number = 1;
  @note("s") private static s?: string;
  @note("d") d!: number;
  declare e: string;
  @note("a") protected static accessor a: number = 2;
}
log.push(names(A), names(new A()));
// case: abstract classes and generics
@note("class")
abstract class A<T> {
  @note("m") m<U>(value: U): U {
    return value;
  }
  abstract n(): T;
}
class B extends A<string> {
  n() {
    return "n";
  }
}
log.push(new B().n(), new B().m(1));
// case: a class without anything to do in its constructor, extending null
attempt(() => {
  class A extends null {
    @note("m") static m() {}
  }
  return A.m.name;
});
// case: decorators from a namespace
namespace N {
  export const mark = note("namespace");
  @mark
  export class A {
    @mark m() {}
  }
  export const name = A.name;
}
log.push(N.name, names(N.A.prototype));
// case: an enum and a class use each other
enum E {
  a = 1,
}
const value = (given: number) => (_: any) => (before: number) => before + given;
class A {
  @value(E.a) field = E.a;
}
log.push(new A().field);
// case: a decorator may read the class it stands in only later
attempt(() => {
  @(
    (() => {
      A;
    })() as any
  )
  class A {}
});
attempt(() => {
  class A {
    @(
      (() => {
        A;
        return note("x");
      })()
    )
    m() {}
  }
});
// case: freezing, proxies and returned objects
const later = (_: any, context: any) => {
  context.addInitializer(function (this: any) {
    log.push(Object.isFrozen(this));
  });
};
class Base {
  constructor() {
    return Object.freeze({});
  }
}
attempt(() => {
  class A extends Base {
    @later m() {}
  }
  return Object.isFrozen(new A());
});
// case: fields in the order of the text
const order = (label: string) => (_: any) => (value: any) => (log.push(label), value);
class A {
  a = log.push("a");
  @order("b") b = log.push("b value");
  c = log.push("c");
  @order("d") accessor d = log.push("d value");
  static e = log.push("e");
  @order("f") static f = log.push("f value");
}
new A();
log.push(Object.keys(new A()).join());
// case: the object that a decorator is a member of is its this
const box = {
  label: "box",
  mark(this: any, value: any, context: any) {
    log.push(`${this?.label} ${context.name}`);
  },
  deep: {
    label: "deep",
    mark(this: any) {
      log.push(this?.label);
    },
  },
};
@box.mark
class A {
  @box.mark m() {}
  @box.deep.mark f = 1;
  @(box["mark"]) n() {}
}
