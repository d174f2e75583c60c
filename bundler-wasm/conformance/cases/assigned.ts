// case: fields are assigned
class Base {
  set x(value: any) {
    log.push(`set x ${value}`);
  }
  set y(value: any) {
    log.push(`set y ${value}`);
  }
  static set s(value: any) {
    log.push(`set s ${value}`);
  }
}
class A extends Base {
  x = 1;
  y: number;
  static s = 2;
  z = 3;
  static t: number;
  "a b" = 4;
  5 = 6;
  #p = 7;
  p() {
    return this.#p;
  }
}
const a = new A() as any;
log.push(names(a), names(A), a.z, a["a b"], a[5], a.p());
// case: fields read the parameters that are properties
class Base {
  base = "base";
}
class A extends Base {
  twice = this.n * 2;
  constructor(
    private n: number,
    readonly m = this?.n,
  ) {
    super();
    log.push(this.twice, this.base);
  }
  thrice = this.n * 3;
}
class B {
  twice = this.n * 2;
  f = () => this.n;
  constructor(private n: number) {
    log.push(this.twice, this.thrice, this.f());
  }
  thrice = this.n * 3;
}
new A(1);
new B(2);
log.push(Object.keys(new B(3)).join());
// case: in the order of the text, static blocks between
class A {
  static a = log.push("a");
  static {
    log.push("block");
  }
  static b = log.push("b");
  c = log.push("c");
  d = log.push("d");
}
new A();
// case: a property decorator's accessor gets the value
const observed = (target: any, key: string) => {
  Object.defineProperty(target, key, {
    get() {
      return `observed ${this[`_${key}`]}`;
    },
    set(value) {
      this[`_${key}`] = value;
    },
  });
};
class A {
  @observed a = 1;
  @observed b: number;
  @observed static c = 3;
}
const a = new A();
log.push(a.a, a.b, A.c, names(a));
