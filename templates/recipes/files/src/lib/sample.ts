import { parseIngredient, type Diet, type Dish, type Recipe } from "./recipes";

interface Source {
  dish: Dish;
  diet: Diet;
  minutes: number;
  servings: number;
  summary: string;
  ingredients: string;
  steps: string[];
}

function recipe(title: string, { ingredients, ...rest }: Source): Recipe {
  const id = title.toLowerCase().replace(/[^a-z]+/g, "-");
  return { id, title, ...rest, ingredients: ingredients.split("; ").map(parseIngredient) };
}

/** The recipes that the book comes with. */
export const sampleRecipes: Recipe[] = [
  recipe("Red lentil soup", {
    dish: "soup",
    diet: "vegan",
    minutes: 30,
    servings: 4,
    summary: "Lemon, cumin and a pot that mostly looks after itself.",
    ingredients: "250 g red lentils; 1 onion; 2 cloves garlic; 2 carrots; 1.5 tsp cumin; 1 l vegetable stock; 1 lemon; 2 tbsp olive oil; salt",
    steps: [
      "Chop the onion, garlic and carrots. Soften them in the oil for eight minutes.",
      "Stir in the cumin until it smells, then add lentils and stock.",
      "Simmer for fifteen minutes, until the lentils fall apart.",
      "Blend half of it, season with salt and the juice of the lemon.",
    ],
  }),
  recipe("Baked salmon with fennel", {
    dish: "fish",
    diet: "any",
    minutes: 35,
    servings: 2,
    summary: "One tray, one oven, and a sharp dressing at the end.",
    ingredients: "2 salmon fillets; 1 fennel bulb; 300 g small potatoes; 1 lemon; 2 tbsp olive oil; 1 bunch dill; salt",
    steps: [
      "Heat the oven to 200 °C. Slice the potatoes thinly, the fennel in wedges.",
      "Toss with oil and salt and roast for twenty minutes.",
      "Lay the salmon on top and roast for ten more.",
      "Dress with lemon and dill.",
    ],
  }),
  recipe("Tomato and white bean salad", {
    dish: "salad",
    diet: "vegan",
    minutes: 15,
    servings: 3,
    summary: "For the week when tomatoes need no help.",
    ingredients: "500 g ripe tomatoes; 2 cans white beans; 1 red onion; 1 bunch basil; 3 tbsp olive oil; 1 tbsp red wine vinegar; salt",
    steps: [
      "Slice the onion thinly and leave it in the vinegar for ten minutes.",
      "Cut the tomatoes, rinse the beans, and mix everything with oil and salt.",
      "Tear the basil over it just before eating.",
    ],
  }),
  recipe("Mushroom barley risotto", {
    dish: "grain",
    diet: "vegetarian",
    minutes: 45,
    servings: 4,
    summary: "Chewier than rice, and it forgives a late stir.",
    ingredients: "300 g pearl barley; 400 g mushrooms; 1 onion; 2 cloves garlic; 1.2 l vegetable stock; 60 g parmesan; 30 g butter; 1 bunch parsley",
    steps: [
      "Brown the mushrooms hard in half the butter, then set them aside.",
      "Soften onion and garlic in the rest, add the barley and toast it for two minutes.",
      "Add hot stock by the ladle for thirty minutes, stirring now and then.",
      "Fold in mushrooms, cheese and parsley.",
    ],
  }),
  recipe("Shakshuka", {
    dish: "egg",
    diet: "vegetarian",
    minutes: 25,
    servings: 2,
    summary: "Eggs set slowly in peppers and tomato. Bring bread.",
    ingredients: "4 eggs; 1 can chopped tomatoes; 1 red pepper; 1 onion; 2 cloves garlic; 1 tsp cumin; 1 tsp paprika; 2 tbsp olive oil; 50 g feta",
    steps: [
      "Cook the sliced onion and pepper in the oil for ten minutes.",
      "Add garlic and spices, then the tomatoes. Simmer until thick.",
      "Make four hollows, break in the eggs, cover, and cook for six minutes.",
      "Crumble the feta over it.",
    ],
  }),
  recipe("Overnight pizza bianca", {
    dish: "pizza",
    diet: "vegetarian",
    minutes: 40,
    servings: 4,
    summary: "A cold dough, a hot oven, potatoes and rosemary.",
    ingredients: "500 g bread flour; 350 ml water; 10 g salt; 1 tsp dried yeast; 300 g potatoes; 125 g mozzarella; 3 tbsp olive oil; rosemary",
    steps: [
      "The evening before: mix flour, water, salt and yeast. Leave it in the fridge.",
      "Heat the oven as far as it goes, with the tray inside.",
      "Stretch the dough on paper, cover with thin potato slices, cheese, oil and rosemary.",
      "Slide onto the tray and bake for twelve minutes.",
    ],
  }),
  recipe("Chicken and chickpea stew", {
    dish: "pot",
    diet: "any",
    minutes: 60,
    servings: 4,
    summary: "Saffron-coloured, and better on the second day.",
    ingredients: "600 g chicken thighs; 2 cans chickpeas; 1 onion; 3 cloves garlic; 1 can chopped tomatoes; 1 tsp turmeric; 1 tsp cumin; 500 ml chicken stock; 2 tbsp olive oil",
    steps: [
      "Brown the chicken in the oil on both sides and take it out.",
      "Soften onion and garlic in the same pot, add the spices.",
      "Return the chicken with tomatoes, chickpeas and stock.",
      "Simmer for forty minutes with the lid ajar.",
    ],
  }),
  recipe("Almond orange cake", {
    dish: "cake",
    diet: "vegetarian",
    minutes: 70,
    servings: 8,
    summary: "No flour and no butter, only one bowl to wash.",
    ingredients: "2 oranges; 6 eggs; 250 g ground almonds; 220 g sugar; 1 tsp baking powder",
    steps: [
      "Boil the oranges whole for two hours, ahead of time. Cool, halve, take out the pips.",
      "Heat the oven to 170 °C. Blend the oranges smooth.",
      "Beat eggs and sugar until pale, fold in almonds, baking powder and orange.",
      "Bake for fifty minutes and leave it to cool in the tin.",
    ],
  }),
  recipe("Carrot and ginger noodles", {
    dish: "vegetable",
    diet: "vegan",
    minutes: 20,
    servings: 2,
    summary: "Weeknight speed, with the dressing made in a jar.",
    ingredients: "200 g wheat noodles; 3 carrots; 1 tbsp grated ginger; 2 tbsp soy sauce; 1 tbsp sesame oil; 1 lime; 2 spring onions; 30 g peanuts",
    steps: [
      "Cook the noodles and rinse them cold.",
      "Shave the carrots into ribbons, slice the spring onions.",
      "Shake ginger, soy, oil and lime juice in a jar.",
      "Toss everything and chop the peanuts over it.",
    ],
  }),
];
