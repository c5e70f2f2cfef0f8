using FsCheck;
using FsCheck.Fluent;
using MemOS.Cubes;
using MemOS.Governance;

namespace MemOS.Core.Tests.Cubes;

public sealed class StricterGovernanceTests
{
    private static readonly string[] Names = ["ann", "bob", "eve"];

    [Fact]
    public void Nobody_may_do_with_the_joined_cube_what_they_may_not_do_with_each_part() => Prop.ForAll(
        Headers().ToArbitrary(),
        Headers().ToArbitrary(),
        (left, right) =>
        {
            GovernanceHeader joined = StricterGovernance.Of(left, right);
            foreach (Caller caller in Names.Select(name => Caller.Named(name)))
            {
                bool mayReadBoth = CallerRights.MayRead(caller, left) && CallerRights.MayRead(caller, right);
                bool mayWriteBoth = CallerRights.MayWrite(caller, left) && CallerRights.MayWrite(caller, right);
                Assert.True(mayReadBoth || !CallerRights.MayRead(caller, joined));
                Assert.True(mayWriteBoth || !CallerRights.MayWrite(caller, joined));
            }

            Assert.True(joined.Sensitivity >= left.Sensitivity && joined.Sensitivity >= right.Sensitivity);
            Assert.True((joined.Lifespan.ExpiresAt ?? DateTimeOffset.MaxValue) <= (left.Lifespan.ExpiresAt ?? DateTimeOffset.MaxValue));
            Assert.True((joined.Lifespan.ExpiresAt ?? DateTimeOffset.MaxValue) <= (right.Lifespan.ExpiresAt ?? DateTimeOffset.MaxValue));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Joining_a_header_with_itself_changes_no_right() => Prop.ForAll(
        Headers().ToArbitrary(),
        header =>
        {
            GovernanceHeader joined = StricterGovernance.Of(header, header);
            foreach (Caller caller in Names.Select(name => Caller.Named(name)))
            {
                Assert.Equal(CallerRights.MayRead(caller, header), CallerRights.MayRead(caller, joined));
            }
        }).QuickCheckThrowOnFailure();

    private static Gen<GovernanceHeader> Headers() =>
        from layer in Gen.Elements(Enum.GetValues<AccessLayer>())
        from readers in Gen.SubListOf(Names)
        from writers in Gen.SubListOf(Names)
        from sensitivity in Gen.Elements(Enum.GetValues<Sensitivity>())
        from days in Gen.Choose(0, 5)
        select new GovernanceHeader
        {
            Access = new AccessScope { Layer = layer, Readers = [.. readers], Writers = [.. writers] },
            Sensitivity = sensitivity,
            Lifespan = new Lifespan(days == 0 ? null : Samples.Noon.AddDays(days)),
        };
}
