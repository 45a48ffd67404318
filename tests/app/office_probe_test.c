// office_probe: only an office that has answered and does so no more counts as hung.
#include "support/check.h"

#include "app/office_probe.h"

struct scripted { // an uplink that answers as it was told
    struct uplink uplink;
    const enum uplink_trouble *troubles;
    int calls;
};

static enum status call(struct uplink *self, const struct uplink_request *request, struct uplink_answer *out)
{
    struct scripted *scripted = (struct scripted *)self;

    assert_int_equal(OFFICE_PROBE_ANSWER_MS, request->most_ms);
    *out = (struct uplink_answer){.trouble = scripted->troubles[scripted->calls++]};
    out->status = out->trouble == UPLINK_FINE ? 401 : 0;
    return out->trouble == UPLINK_FINE ? STATUS_OK : STATUS_LATER;
}

static const struct uplink_ops ops = {.call = call};

// After how many questions it counts as hung; 0: after none.
static int questions_until_hung(const enum uplink_trouble *troubles, int count)
{
    struct scripted scripted = {.uplink = {.ops = &ops}, .troubles = troubles};
    struct office_probe probe;

    office_probe_begin(&probe, 1000);
    for (int64_t ms = 1000; scripted.calls < count; ms += 500)
        if (office_probe_is_hung(&probe, &scripted.uplink, ms)) return scripted.calls;
    return 0;
}

static void test_office_probe__hung_is_who_never_answers(void **state)
{
    static const enum uplink_trouble hung[] = {UPLINK_WRONG_KEY,   UPLINK_TOO_SLOW,    UPLINK_UNREACHABLE,
                                               UPLINK_UNREACHABLE, UPLINK_UNREACHABLE, UPLINK_UNREACHABLE};
    static const enum uplink_trouble slow[] = {UPLINK_FINE,    UPLINK_TOO_SLOW, UPLINK_TOO_SLOW, UPLINK_TOO_SLOW,
                                               UPLINK_CUT_OFF, UPLINK_TOO_SLOW, UPLINK_TOO_SLOW, UPLINK_TOO_SLOW};
    static const enum uplink_trouble beginning[] = {UPLINK_UNREACHABLE, UPLINK_UNREACHABLE, UPLINK_UNREACHABLE,
                                                    UPLINK_UNREACHABLE, UPLINK_UNREACHABLE, UPLINK_UNREACHABLE};
    (void)state;

    assert_int_equal(1 + OFFICE_PROBE_MOST, questions_until_hung(hung, 6));
    assert_int_equal(0, questions_until_hung(slow, 8));
    assert_int_equal(0, questions_until_hung(beginning, 6));
}

static void test_office_probe__asks_seldom(void **state)
{
    static const enum uplink_trouble fine[2] = {UPLINK_FINE, UPLINK_FINE};
    struct scripted scripted = {.uplink = {.ops = &ops}, .troubles = fine};
    struct office_probe probe;
    (void)state;

    office_probe_begin(&probe, 0);
    for (int64_t ms = 0; ms <= OFFICE_PROBE_FIRST_MS + OFFICE_PROBE_EVERY_MS; ms += 100)
        assert_false(office_probe_is_hung(&probe, &scripted.uplink, ms));
    assert_int_equal(2, scripted.calls);
}

static void test_office_probe__who_hangs_does_so_between_two_questions(void **state)
{
    static const enum uplink_trouble troubles[] = {UPLINK_FINE,     UPLINK_TOO_SLOW, UPLINK_TOO_SLOW,
                                                   UPLINK_TOO_SLOW, UPLINK_TOO_SLOW, UPLINK_FINE};
    struct scripted scripted = {.uplink = {.ops = &ops}, .troubles = troubles};
    struct office_probe probe;
    int64_t ms = OFFICE_PROBE_FIRST_MS;
    (void)state;

    office_probe_begin(&probe, 0);
    for (; scripted.calls < 5; ms += OFFICE_PROBE_EVERY_MS) {
        bool is_hung = office_probe_is_hung(&probe, &scripted.uplink, ms);
        assert_int_equal(scripted.calls == 5, is_hung);
    }
    assert_true(office_probe_is_hung(&probe, &scripted.uplink, ms - 1));
    assert_int_equal(5, scripted.calls);
    assert_false(office_probe_is_hung(&probe, &scripted.uplink, ms));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_office_probe__hung_is_who_never_answers),
        cmocka_unit_test(test_office_probe__who_hangs_does_so_between_two_questions),
        cmocka_unit_test(test_office_probe__asks_seldom),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
