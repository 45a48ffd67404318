// The servo against simulated cameras: a pipeline of some frames, a tone curve, a gain nobody knows the unit of.
#include "support/check.h"

#include "frame/servo.h"

#include <limits.h>
#include <math.h>

enum { DELAY_MOST = 10, EXPOSURE_LEAST = 3, EXPOSURE_SHORT = 100, EXPOSURE_LONG = 200 };

struct simulation {
    double light;      // 1: brightness 110 with the exposure short and the least gain
    double gamma;      // of the tone curve
    double gain_stops; // that the whole range really brings
    int frames_per_s, delay;
    struct servo_config config;
    struct servo_setting pipeline[DELAY_MOST + 1];
    struct servo servo;
    int64_t now_ms;
    int moves, turns, direction; // turns: changes of direction
};

static struct servo_config config_of(int gain_most, int gain_step)
{
    return (struct servo_config){
        .exposure = {EXPOSURE_LEAST, EXPOSURE_LONG, 1},
        .exposure_short = EXPOSURE_SHORT,
        .exposure_long = EXPOSURE_LONG,
        .gain = {0, gain_most, gain_step},
    };
}

static double light_of(const struct simulation *sim, struct servo_setting setting)
{
    int most = sim->config.gain.most;
    double stops = most > 0 ? sim->gain_stops * setting.gain / most : 0;

    return sim->light * setting.exposure / EXPOSURE_SHORT * exp2(stops);
}

static struct brightness see(const struct simulation *sim)
{
    double linear = pow(110.0 / 255, sim->gamma) * light_of(sim, sim->pipeline[sim->delay]);
    double mean = 255 * pow(linear, 1 / sim->gamma);

    return (struct brightness){mean > 255 ? 255 : (int)mean, mean > 250 ? 100 : 0};
}

static void begin(struct simulation *sim, struct servo_setting now)
{
    for (int i = 0; i <= DELAY_MOST; i++) sim->pipeline[i] = now;
    servo_init(&sim->servo, &sim->config, now, sim->now_ms);
}

static void run(struct simulation *sim, int64_t ms)
{
    for (int64_t until_ms = sim->now_ms + ms; sim->now_ms < until_ms;) {
        sim->now_ms += 1000 / sim->frames_per_s;
        struct brightness seen = see(sim);
        struct servo_setting next = sim->pipeline[0];
        double before = light_of(sim, next);
        for (int i = DELAY_MOST; i > 0; i--) sim->pipeline[i] = sim->pipeline[i - 1];
        if (!servo_step(&sim->servo, &seen, sim->now_ms, &next)) continue;
        int direction = light_of(sim, next) > before ? 1 : -1;
        sim->turns += sim->direction != 0 && direction != sim->direction;
        sim->direction = direction;
        sim->pipeline[0] = next;
        sim->moves++;
    }
}

static void assert_bright(const struct simulation *sim)
{
    assert_in_range(see(sim).mean, 65, 180);
}

// Every camera: finds its brightness within six seconds, and then stands still for a minute.
static void test_servo__settles_with_every_camera(void **state)
{
    static const double lights[] = {0.1, 0.3, 1, 4, 20}, gammas[] = {1, 2.2}, stops[] = {2, 4, 7};
    static const int rates[][2] = {{30, 0}, {30, 3}, {30, 8}, {15, 4}, {10, 2}};

    (void)state;
    for (int i = 0; i < 5 * 2 * 3 * 5; i++) {
        struct simulation sim = {.light = lights[i % 5],
                                 .gamma = gammas[i / 5 % 2],
                                 .gain_stops = stops[i / 10 % 3],
                                 .frames_per_s = rates[i / 30][0],
                                 .delay = rates[i / 30][1],
                                 .config = config_of(i % 2 ? 255 : 63, 1)};
        begin(&sim, (struct servo_setting){EXPOSURE_SHORT, 0});
        run(&sim, 6000);
        bool is_too_dark = sim.light * exp2(sim.gain_stops) * 2 < 0.6; // for this camera
        if (is_too_dark) assert_int_equal(sim.pipeline[0].exposure, EXPOSURE_LONG);
        else assert_bright(&sim);
        assert_in_range(sim.turns, 0, 1);
        int moves = sim.moves;
        run(&sim, 60000);
        assert_int_equal(sim.moves, moves);
    }
}

static void test_servo__raises_gain_before_it_exposes_longer(void **state)
{
    struct simulation sim = {
        .light = 0.3, .gamma = 2.2, .gain_stops = 4, .frames_per_s = 30, .delay = 3, .config = config_of(255, 1)};

    (void)state;
    begin(&sim, (struct servo_setting){EXPOSURE_SHORT, 0});
    run(&sim, 6000);
    assert_int_equal(sim.pipeline[0].exposure, EXPOSURE_SHORT);
    assert_in_range(sim.pipeline[0].gain, 40, 220);
    sim.light = 0.02; // the lights go out
    run(&sim, 20000);
    assert_int_equal(sim.pipeline[0].exposure, EXPOSURE_LONG);
    assert_int_equal(sim.pipeline[0].gain, 255);
    sim.light = 10; // the sun comes in
    run(&sim, 20000);
    assert_in_range(sim.pipeline[0].exposure, EXPOSURE_LEAST, EXPOSURE_SHORT / 4);
    assert_int_equal(sim.pipeline[0].gain, 0);
    assert_bright(&sim);
}

static void test_servo__a_phone_held_close_changes_nothing(void **state)
{
    struct simulation sim = {
        .light = 0.3, .gamma = 2.2, .gain_stops = 4, .frames_per_s = 30, .delay = 3, .config = config_of(255, 1)};

    (void)state;
    begin(&sim, (struct servo_setting){EXPOSURE_SHORT, 0});
    run(&sim, 10000);
    int moves = sim.moves;
    for (int i = 0; i < 50; i++) { // a queue
        sim.light = 0.3 * 4;
        run(&sim, SERVO_PATIENCE_MS - 200);
        sim.light = 0.3;
        run(&sim, 500);
        sim.light = 0.3 / 4; // and a dark coat behind it
        run(&sim, SERVO_PATIENCE_MS - 200);
        sim.light = 0.3;
        run(&sim, 500);
    }
    assert_int_equal(sim.moves, moves);
    sim.light = 0.3 * 64; // burnt out, so that nothing is read: that is no moment to wait
    run(&sim, SERVO_BLIND_MS - 100);
    assert_int_equal(sim.moves, moves);
    run(&sim, 3000);
    assert_bright(&sim);
}

static void test_servo__lasting_change_is_followed(void **state)
{
    struct simulation sim = {
        .light = 1, .gamma = 1, .gain_stops = 4, .frames_per_s = 30, .delay = 3, .config = config_of(255, 1)};

    (void)state;
    begin(&sim, (struct servo_setting){EXPOSURE_SHORT, 0});
    run(&sim, 3000);
    for (int i = 0; i < 20; i++) { // dusk: a bit at a time
        sim.light *= 0.9;
        run(&sim, 5000);
        assert_bright(&sim);
    }
    assert_in_range(sim.moves, 3, 40);
    assert_in_range(sim.turns, 0, 2);
}

static void test_servo__works_with_one_control_and_with_coarse_ones(void **state)
{
    (void)state;
    struct simulation no_gain = {.light = 0.7, .gamma = 1, .frames_per_s = 30, .delay = 3, .config = config_of(0, 0)};
    begin(&no_gain, (struct servo_setting){EXPOSURE_SHORT, 0});
    run(&no_gain, 6000);
    assert_in_range(no_gain.pipeline[0].exposure, 110, 190);
    assert_bright(&no_gain);

    struct simulation no_exposure = {
        .light = 0.2, .gamma = 1, .gain_stops = 4, .frames_per_s = 30, .delay = 3, .config = config_of(255, 1)};
    no_exposure.config.exposure.step = 0; // set by hand: 4 ms
    begin(&no_exposure, (struct servo_setting){40, 0});
    run(&no_exposure, 6000);
    assert_int_equal(no_exposure.pipeline[0].exposure, 40);
    assert_bright(&no_exposure);

    struct simulation coarse = {
        .light = 0.3, .gamma = 1, .gain_stops = 6, .frames_per_s = 30, .delay = 3, .config = config_of(3, 1)};
    begin(&coarse, (struct servo_setting){EXPOSURE_SHORT, 0});
    run(&coarse, 60000);
    assert_in_range(coarse.turns, 0, 1);
    assert_in_range(coarse.moves, 1, 10);

    struct servo_config nothing = {.exposure = {100, 100, 1}};
    assert_false(servo_is_needed(&nothing));
    assert_true(servo_is_needed(&coarse.config));
}

// What a camera says of itself comes through a cable: nothing overflows, and the servo stays within it.
static void test_servo__any_range_keeps_its_bounds(void **state)
{
    static const struct servo_range ranges[] = {
        {INT_MIN, INT_MAX, 1}, {INT_MIN, INT_MAX, INT_MAX}, {INT_MIN, -1, 7},
        {-1000, -1, 7},        {INT_MAX - 9, INT_MAX, 1},   {0, 1, INT_MAX},
    };
    const struct brightness dark = {0, 0}, burnt = {255, 100};

    (void)state;
    for (size_t i = 0; i < 2 * sizeof ranges / sizeof *ranges; i++) {
        const struct servo_range *range = &ranges[i / 2];
        struct servo_config config = {*range, range->most, range->most, *range};
        int from = i % 2 ? range->most : range->least;
        struct servo_setting now = {from, from};
        struct servo servo;
        servo_init(&servo, &config, now, 0);
        for (int64_t mono_ms = 0; mono_ms < 60000; mono_ms += 33) {
            (void)servo_step(&servo, i % 2 ? &burnt : &dark, mono_ms, &now);
            assert_true(now.exposure >= range->least && now.exposure <= range->most);
            assert_true(now.gain >= range->least && now.gain <= range->most);
        }
        if (range->step == 1) assert_true(i % 2 ? now.gain < range->most : now.gain > range->least);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_servo__settles_with_every_camera),
        cmocka_unit_test(test_servo__raises_gain_before_it_exposes_longer),
        cmocka_unit_test(test_servo__a_phone_held_close_changes_nothing),
        cmocka_unit_test(test_servo__lasting_change_is_followed),
        cmocka_unit_test(test_servo__works_with_one_control_and_with_coarse_ones),
        cmocka_unit_test(test_servo__any_range_keeps_its_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
