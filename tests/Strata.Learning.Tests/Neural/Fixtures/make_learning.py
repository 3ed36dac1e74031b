"""Makes learning.json: what PyTorch (1.13.1) computes of losses, paths of optimizers, schedules and averages of weights; where it has none, the paper's formula with its autograd.
Run: python3 make_learning.py > learning.json"""
import json
import math

import torch
from torch.nn import functional as F

torch.manual_seed(11)
result = {"losses": {}, "optimizers": {}, "schedules": {}}


def flat(tensor):
    return [float(f"{v:.9g}") for v in tensor.detach().reshape(-1).tolist()]


def loss(name, function, *inputs):
    inputs = [x.clone().requires_grad_() for x in inputs]
    value = function(*inputs)
    value.backward()
    result["losses"][name] = {"inputs": [flat(x) for x in inputs], "value": float(value.detach()), "gradients": [flat(x.grad) for x in inputs]}


codes, class_weights = torch.tensor([0, 2, 1, 1, 2]), torch.tensor([1.0, 0.5, 2.0])
targets, labels, shares = torch.randn(6), torch.tensor([1.0, 0, 0, 1, 1, 0]), torch.softmax(torch.randn(5, 3), 1)
result |= {"codes": codes.tolist(), "class_weights": flat(class_weights), "targets": flat(targets), "labels": flat(labels), "shares": flat(shares)}

loss("smoothed_weighted", lambda s: F.cross_entropy(s, codes, class_weights, label_smoothing=0.2), torch.randn(5, 3))
loss("shared", lambda s: F.cross_entropy(s, shares, class_weights), torch.randn(5, 3))
loss("weighted_logistic", lambda s: F.binary_cross_entropy_with_logits(s, labels, pos_weight=torch.tensor(3.0)), 3 * torch.randn(6))
loss("smooth_absolute_error", lambda s: F.smooth_l1_loss(s, targets, beta=0.7), torch.randn(6))


def binary_focal(s):  # Lin et al. 2017, equation 4
    p = torch.sigmoid(s)
    return ((1 - (p * labels + (1 - p) * (1 - labels))) ** 2 * F.binary_cross_entropy_with_logits(s, labels, reduction="none")).mean()


def focal(s):
    logs = F.log_softmax(s, 1)[torch.arange(5), codes]
    return -((1 - logs.exp()) ** 2 * logs).mean()


def quantile(s):  # Koenker and Bassett 1978
    gap = targets - s
    return torch.maximum(0.9 * gap, -0.1 * gap).mean()


loss("binary_focal", binary_focal, 3 * torch.randn(6))
loss("focal", focal, 2 * torch.randn(5, 3))
loss("quantile", quantile, torch.randn(6))
loss("gaussian_logarithm", lambda s: F.gaussian_nll_loss(s[:, 0], targets, s[:, 1].exp()), torch.randn(6, 2))
loss("gaussian_softplus", lambda s: F.gaussian_nll_loss(s[:, 0], targets, F.softplus(s[:, 1]) + 1e-6), torch.randn(6, 2))


def beta_likelihood(s):  # Seitzer et al. 2022, equation 5
    variance = F.softplus(s[:, 1]) + 1e-6
    return (variance.detach() ** 0.5 * 0.5 * (variance.log() + (s[:, 0] - targets) ** 2 / variance)).mean()


def contrastive(z):  # Chen et al. 2020, equation 1
    z = F.normalize(z)
    similar = z @ z.T / 0.2
    similar = similar.masked_fill(torch.eye(8, dtype=torch.bool), -math.inf)
    return F.cross_entropy(similar, torch.arange(8).roll(4))


def pair_margin(a, b):  # Hadsell et al. 2006, equation 4
    distance = (a - b).norm(dim=1)
    return (labels * distance ** 2 + (1 - labels) * torch.clamp(3 - distance, min=0) ** 2).mean() / 2


loss("gaussian_beta", beta_likelihood, torch.randn(6, 2))
loss("contrastive", contrastive, torch.randn(8, 5))
loss("pair_margin", pair_margin, torch.randn(6, 4), torch.randn(6, 4))
loss("triplet", lambda a, p, n: F.triplet_margin_loss(a, p, n, margin=0.8), torch.randn(6, 4), torch.randn(6, 4), torch.randn(6, 4))

# A least-squares problem of 37 numbers in two groups: matrices with a rate and a decay of their own, and a vector
STEPS, RATE = 20, 0.02
hessians, starts = [torch.randn(n, n) for n in (32, 5)], [torch.randn(32, 1), torch.randn(5)]
hessians = [h @ h.T / len(h) for h in hessians]
result["hessians"], result["starts"] = [flat(h) for h in hessians], [flat(s) for s in starts]


def path(name, make, clip=None, average=None):
    parameters = [s.clone().requires_grad_() for s in starts]
    optimizer = make([{"params": parameters[:1], "lr": RATE * 0.5, "weight_decay": 0.05}, {"params": parameters[1:], "lr": RATE, "weight_decay": 0}])
    steps, module = [], torch.nn.ParameterList(parameters)
    mean = torch.optim.swa_utils.AveragedModel(module, avg_fn=average) if average else None
    for _ in range(STEPS):
        for h, w in zip(hessians, parameters):
            w.grad = (h @ w).detach()
        if clip:
            clip(parameters)
        optimizer.step()
        if mean:
            mean.update_parameters(module)
        steps.append(flat(torch.cat([w.reshape(-1) for w in (mean.module if mean else parameters)])))
    result["optimizers"][name] = steps


path("sgd_plain", lambda g: torch.optim.SGD(g, lr=RATE))
path("sgd_momentum", lambda g: torch.optim.SGD(g, lr=RATE, momentum=0.8))
path("sgd_nesterov", lambda g: torch.optim.SGD(g, lr=RATE, momentum=0.95, nesterov=True))
path("rms_prop", lambda g: torch.optim.RMSprop(g, lr=RATE))
path("adam", lambda g: torch.optim.Adam(g, lr=RATE))
path("adam_w", lambda g: torch.optim.AdamW(g, lr=RATE))
path("clipped_by_norm", lambda g: torch.optim.SGD(g, lr=RATE, momentum=0.9, nesterov=True), lambda p: torch.nn.utils.clip_grad_norm_(p, 1.5))
path("clipped_by_value", lambda g: torch.optim.SGD(g, lr=RATE, momentum=0.9, nesterov=True), lambda p: torch.nn.utils.clip_grad_value_(p, 0.4))


def averaged(mean, value, seen):  # before the first update this class copies the weights
    keep = min(0.7, (1 + seen) / (10 + seen))
    return keep * mean + (1 - keep) * value


path("averaged", lambda g: torch.optim.AdamW(g, lr=RATE), average=averaged)

COUNT, WARM = 40, 2


def factors(make, losses=None):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], 1.0)
    schedule, found = make(optimizer), []
    for step in range(COUNT):
        found.append(optimizer.param_groups[0]["lr"])
        if step + 1 < COUNT:
            optimizer.step()
            schedule.step(losses[step]) if losses else schedule.step()
    return found


lr = torch.optim.lr_scheduler
result["schedules"]["cosine"] = factors(lambda o: lr.CosineAnnealingLR(o, COUNT))
result["schedules"]["steps"] = factors(lambda o: lr.StepLR(o, math.ceil(COUNT / 3)))
result["schedules"]["one_cycle"] = factors(lambda o: lr.OneCycleLR(o, 1.0, total_steps=COUNT, cycle_momentum=False))
result["schedules"]["warm_cosine"] = factors(lambda o: lr.SequentialLR(
    o, [lr.LinearLR(o, 0.01, total_iters=WARM), lr.CosineAnnealingLR(o, COUNT - WARM)], [WARM]))
result["plateau_losses"] = [float(f"{v:.6g}") for v in (1 / (1 + torch.arange(COUNT) % 17) + 0.05 * torch.randn(COUNT)).tolist()]
result["schedules"]["plateau"] = factors(lambda o: lr.ReduceLROnPlateau(o, patience=4), result["plateau_losses"])
print(json.dumps(result))
