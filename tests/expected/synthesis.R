# Means of several results that the tests of the synthesis compare with. Rscript
# synthesis.R, in this folder; needs the packages metafor (3.8-1 was used) and metadat.
# synthesis_effects.csv: effects and variances of each design; synthesis.csv: REML, the
# interval of Hartung and Knapp without a floor (knha) and with one (adhoc), and the
# prediction interval with it. bcg is dat.bcg, log risk ratios, as in metafor's own pages.
suppressMessages(library(metafor))
set.seed(17)
bcg <- escalc(measure = "RR", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = dat.bcg)
design <- function(k, tau, low = 0.3, high = 12) {
  v <- round(runif(k, low, high), 4)
  data.frame(effect = round(rnorm(k, -4, sqrt(v + tau^2)), 4), variance = v)
}
designs <- list(
  bcg = data.frame(effect = as.numeric(bcg$yi), variance = as.numeric(bcg$vi)),
  three = design(3, 0), three_apart = design(3, 6), four = design(4, 2),
  five = design(5, 0), five_apart = design(5, 5), ten = design(10, 0),
  ten_apart = design(10, 3), thirty = design(30, 2),
  huge = design(8, 400), one_precise = rbind(data.frame(effect = -7, variance = 0.05), design(6, 3)),
  alike = data.frame(effect = c(-6, -6, -6), variance = c(1, 4, 9)),
  two_identical = data.frame(effect = c(-6, -6, 3), variance = c(2, 2, 5)),
  equal_variances = data.frame(effect = c(-9, -5, -1), variance = c(4, 4, 4)))
effects <- do.call(rbind, Map(function(d, n) cbind(design = n, d), designs, names(designs)))
effects$effect <- sprintf("%.12g", effects$effect)
effects$variance <- sprintf("%.12g", effects$variance)
write.csv(effects, "synthesis_effects.csv", row.names = FALSE, quote = FALSE)
effects <- read.csv("synthesis_effects.csv")
control <- list(threshold = 1e-12, maxiter = 10000)
one <- function(n) {
  d <- effects[effects$design == n, ]
  fit <- function(test) rma(effect, variance, data = d, method = "REML", test = test, control = control)
  knha <- fit("knha"); floored <- fit("adhoc"); p <- predict(floored)
  data.frame(design = n, count = nrow(d), between = floored$tau2, mean = as.numeric(floored$b),
    low = floored$ci.lb, high = floored$ci.ub, knha_low = knha$ci.lb, knha_high = knha$ci.ub,
    predicted_low = p$pi.lb, predicted_high = p$pi.ub)
}
found <- do.call(rbind, lapply(names(designs), one))
found[-(1:2)] <- lapply(found[-(1:2)], function(x) sprintf("%.10g", x))
write.csv(found, "synthesis.csv", row.names = FALSE, quote = FALSE)
